import type { Command } from 'commander';
import type { CommandContext, Define } from '../command.ts';
import { diffCharacters } from '../../hosts/hosts.ts';
import { diffTrees } from '../../review/diff/diff-trees.ts';
import { formatMarkdown } from '../../review/diff/format/format-markdown.ts';
import { diffDocument } from '../../review/diff/format/format-json.ts';
import { formatText } from '../../review/diff/format/format-text.ts';
import { isEqual } from '../../review/diff/tree-diff.ts';
import { folderTree } from '../trees/folder-tree.ts';
import type { ProjectDiffOptions, Titled } from './compared/project-diffs.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { withApplication } from '../arguments/unit-option.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { withOps } from '../arguments/write-options.ts';

interface Options extends ProjectDiffOptions {
  readonly trees?: readonly string[];
  readonly format?: string;
  readonly characters?: string;
  readonly exitCode?: true;
}

const formats = ['text', 'markdown', 'json'] as const;

/** `portolan diff [ENV]`: what would change, object by object. */
export const define: Define = (command, act) => {
  describe(command).action(
    act(async (context, names: string[], options: Options) => {
      try {
        const format = context.terminal.json ? 'json' : (options.format ?? 'text');
        if (!formats.some((known) => known === format))
          throw new UsageError(`--format: must be ${formats.join(', ')}, got "${format}"`);
        const characters = options.characters === undefined ? diffCharacters : Number(options.characters);
        if (!(Number.isInteger(characters) && characters > 0))
          throw new UsageError(`--characters: must be a whole number above 0, got "${options.characters ?? ''}"`);
        const titled = await compare(context, names, options);
        process.stdout.write(formatted(titled, format, characters));
        return options.exitCode === true ? titled.every(({ diff }) => isEqual(diff)) : true;
      } catch (error) {
        // As in git: with --exit-code, 1 says that something differs, so an error is more than that.
        if (options.exitCode !== true || !(error instanceof Error) || !error.message.startsWith('portolan: '))
          throw error;
        throw new UsageError(error.message.replace('portolan: ', ''));
      }
    }),
  );
};

const describe = (command: Command): Command =>
  withApplication(
    withOps(
      withExamples(command, 'diff', 'diff prod --against dev', 'diff --program main..HEAD --format markdown').argument(
        '[environments...]',
        'only these (default: all)',
      ),
    ),
  )
    .option('--against <environment>', 'compare the branch of another environment with that of this one')
    .option('--revisions <base..head>', 'compare two commits of the ops repository')
    .option('--program <base..head>', 'compare what two commits of the program render at the current release')
    .option('--trees <folder...>', 'compare two folders of manifests')
    .option('--format <format>', 'text, markdown (for a pull request), or json')
    .option('--characters <most>', "most characters of markdown (default: a comment's)")
    .option('--exit-code', 'exit with 0 when equal, 1 when different, more than 1 on an error');

async function compare(
  context: CommandContext,
  names: readonly string[],
  options: Options,
): Promise<readonly Titled[]> {
  const ways = [options.against, options.revisions, options.program, options.trees].filter((way) => way !== undefined);
  if (ways.length > 1) throw new UsageError('compare one way at a time: --against, --revisions, --program or --trees');
  if (options.trees !== undefined) {
    const [before, after, ...more] = options.trees;
    if (before === undefined || after === undefined || more.length > 0)
      throw new UsageError('--trees takes two folders: --trees BEFORE AFTER');
    const earlier = folderTree(before);
    return [{ title: `${before} → ${after}`, diff: diffTrees(earlier, folderTree(after, earlier)) }];
  }
  // The most of what this command loads is for a project; two folders need none of it.
  const { projectDiffs } = await import('./compared/project-diffs.ts');
  return projectDiffs(context, names, options);
}

/** @param characters - that all comparisons together may have in one comment */
function formatted(titled: readonly Titled[], format: string, characters: number): string {
  if (format === 'json')
    return `${JSON.stringify(
      titled.map(({ title, diff }) => diffDocument(diff, title)),
      null,
      2,
    )}\n`;
  if (format === 'markdown')
    return titled
      .map(({ title, diff }) => formatMarkdown(diff, { title, limit: Math.floor(characters / titled.length) }))
      .join('\n');
  const width = process.stdout.isTTY ? process.stdout.columns : 120;
  return titled.map(({ title, diff }) => formatText(diff, { title, width })).join('\n');
}
