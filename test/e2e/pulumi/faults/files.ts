import { createHash } from 'node:crypto';

/** What GitHub keeps of a file of a branch. */
interface Kept {
  /** In base64. */
  readonly content: string;
  readonly message: string;
}

/** Files by `owner/name/branch/path`. */
export type Files = Readonly<Record<string, Kept>>;

/** What is answered, and what is kept from then on. */
export interface FileAnswer {
  readonly status: number;
  readonly body: unknown;
  /** @default - nothing changes */
  readonly files?: Files;
}

const numberOf = (text: string): string => createHash('sha1').update(text).digest('hex');

/** The commit of a file, whose number tells the file: this server keeps no history. */
const commitOf = (key: string, { message, content }: Kept): unknown => ({
  sha: numberOf(`${key} ${content}`),
  commit: { message, committer: { name: 'GitHub', email: 'noreply@github.com' } },
});

/**
 * The part of GitHub's API that reads and writes single files of a branch.
 *
 * @param path - behind the address of the API, with what is asked for
 * @returns nothing for what is about something else
 * @see https://docs.github.com/en/rest/repos/contents
 */
export function answerFile(method: string, path: string, body: string, files: Files): FileAnswer | undefined {
  const { pathname, searchParams } = new URL(path, 'http://any');
  const commit = /^\/repos\/([^/]+\/[^/]+)\/commits\/([0-9a-f]{40})$/.exec(pathname);
  if (commit !== null) {
    const found = Object.entries(files).find(([key, kept]) => numberOf(`${key} ${kept.content}`) === commit[2]);
    return found === undefined ? { status: 404, body: {} } : { status: 200, body: commitOf(...found) };
  }
  const [, repository, file] = /^\/repos\/([^/]+\/[^/]+)\/contents\/(.+)$/.exec(pathname) ?? [];
  if (repository === undefined || file === undefined) return undefined;
  const said = (body === '' ? {} : JSON.parse(body)) as Partial<
    Record<'branch' | 'content' | 'message' | 'sha', string>
  >;
  const branch = searchParams.get('ref') ?? said.branch ?? 'main';
  const key = `${repository}/${branch}/${decodeURIComponent(file)}`;
  const { [key]: present, ...others } = files;
  const shown = ({ content }: Kept): unknown => ({
    type: 'file',
    encoding: 'base64',
    name: file.split('/').at(-1),
    path: file,
    content,
    sha: numberOf(content),
    url: `https://any${pathname}?ref=${branch}`,
  });
  if (method === 'GET')
    return present === undefined
      ? { status: 404, body: { message: 'Not Found' } }
      : { status: 200, body: shown(present) };
  if (present !== undefined && said.sha !== numberOf(present.content))
    return { status: 422, body: { message: `Invalid request.\n\n"sha" wasn't supplied.` } };
  if (method === 'DELETE') return { status: 200, body: { content: null }, files: others };
  const kept = { content: said.content ?? '', message: said.message ?? '' };
  return {
    status: present === undefined ? 201 : 200,
    body: { content: shown(kept), commit: commitOf(key, kept) },
    files: { ...others, [key]: kept },
  };
}
