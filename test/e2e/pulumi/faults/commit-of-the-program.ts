import { gitIn } from '../../../support/git.ts';

/** The last commit that changed what Pulumi runs; whoever runs all cases has nothing of it that is not committed. */
export function commitOfTheProgram(): string {
  const program = ['src', 'bin/pulumi.mjs', 'project.ts'];
  const open = gitIn('.', 'status', '--porcelain', '--', ...program);
  if (open !== '') throw new Error(`commit first, so that the record can say of what it is:\\n${open}`);
  return gitIn('.', 'log', '-1', '--format=%h', '--abbrev=12', '--', 'src/pulumi', 'bin/pulumi.mjs', 'project.ts');
}
