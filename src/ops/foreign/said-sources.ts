import { wholeCommit } from '../../model/formats/commit.ts';
import { sourcesIn, writeImageReference } from '../../model/release.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { wholeRelease, type ReleaseRecord } from '../release/release-record.ts';

/** The commit of the source that an image says it was built from, as who moves the image writes it down: with the very image that said it. */
const SAID = /^Source-Commit: (\S+) \((\S+)\)$/gm;

/** A commit of which nothing is on record, and what is read of it. */
interface MoveCommit {
  /** Those that a merge brought. */
  readonly brought: readonly string[];
  readonly message: string;
}

/**
 * The commits of the source of what others moved, by artifact. A move says its fields alone, so that the commit is not on record; its message
 * names it for each image that said one. A line counts only for the image that it names, so that a message that was copied from another move says
 * nothing. It is shown to people, and nothing is decided by it.
 *
 * @returns by record; a record whose sources are known otherwise, or not at all, is absent
 */
export async function saidSources(
  gitDir: string,
  records: readonly ReleaseRecord[],
): Promise<ReadonlyMap<ReleaseRecord, Readonly<Record<string, string>>>> {
  const asked = records.flatMap((record) => {
    const commit = moveOf(record);
    return commit === undefined ? [] : [{ record, commit }];
  });
  const moves = await readCommits(gitDir, [...new Set(asked.map(({ commit }) => commit))]);
  const merged = await readCommits(gitDir, [...new Set([...moves.values()].flatMap(({ brought }) => brought))]);
  return new Map(
    asked.flatMap(({ record, commit }) => {
      const move = moves.get(commit);
      const messages = [move?.message, ...(move?.brought ?? []).map((one) => merged.get(one)?.message)];
      const said = saidIn(messages.join('\n'));
      const known = Object.entries(wholeRelease(record.applications).images).flatMap(([artifact, image]) => {
        const source = said.get(writeImageReference(image));
        return source === undefined ? [] : [[artifact, source] as const];
      });
      return known.length === 0 ? [] : [[record, Object.fromEntries(known)] as const];
    }),
  );
}

/** The commit that moved what a record is of; nothing where its sources are on record, or this program brought it. */
function moveOf({ applications, origin }: ReleaseRecord): string | undefined {
  if (Object.keys(sourcesIn(wholeRelease(applications))).length > 0) return undefined;
  if (origin.kind === 'moved') return origin.commit;
  return origin.kind === 'rollback' ? origin.to.commit : undefined;
}

async function readCommits(gitDir: string, commits: readonly string[]): Promise<ReadonlyMap<string, MoveCommit>> {
  const texts = await readBlobs(gitDir, commits);
  return new Map(
    [...texts].map(([commit, text]) => {
      const end = text.indexOf('\n\n');
      const [, ...brought] = [...text.slice(0, end).matchAll(/^parent (\S+)$/gm)].map(([, parent = '']) => parent);
      return [commit, { brought, message: text.slice(end + 2) }];
    }),
  );
}

/** What a message says, by image; of an image of which it says two things, it says nothing. */
function saidIn(message: string): ReadonlyMap<string, string> {
  const said = new Map<string, Set<string>>();
  for (const [, commit = '', image = ''] of message.matchAll(SAID))
    if (wholeCommit.test(commit)) said.set(image, (said.get(image) ?? new Set()).add(commit));
  return new Map(
    [...said].flatMap(([image, [first, ...others]]) =>
      first === undefined || others.length > 0 ? [] : [[image, first] as const],
    ),
  );
}
