/**
 * The program of Node.js that judges a pull request by what GitHub says of it, and prints a line for each reason against it. It
 * is given documents with a record separator after each: the commit that is judged, what guards each branch, the pull request before
 * and after its files were listed, and the pages of that list. Nothing of the pull request is run, and none of its text printed as it is.
 */
export const guardJudgement = `const [head, guarded, ...documents] = require('node:fs').readFileSync(0, 'utf8').split('\\x1e').slice(0, -1);
const [pull, after, ...pages] = documents.map((text) => JSON.parse(text));
const files = pages.flat();
const branch = JSON.parse(guarded)[pull.base.ref];
const quoted = (text) => JSON.stringify(text).replace(/[^ -~]/g, '?');
const again = 'nobody needs to do anything, the newest commit has a run of its own';
const say = (what, next) => console.log('refused: ' + what + '; ' + next);
if (branch === undefined) say('nothing is known of the branch ' + quoted(pull.base.ref), 'run: pulumi up --stack platform');
else {
  const { promoter, prefix, files: ours } = branch;
  const byProgram = 'close it, and have the program propose it: npx portolan promote, publish or rollback';
  if (pull.head.sha !== head || after.head.sha !== head) say('the branch moved while it was judged', again);
  if (files.length !== pull.changed_files)
    say('GitHub lists ' + files.length + ' of ' + pull.changed_files + ' files, and what it does not list nobody judges', 'propose less at once');
  for (const { filename, previous_filename: before, status, sha } of files) {
    if (![filename, before].some((path) => path !== undefined && /^\\.github(\\/|$)/i.test(path))) continue;
    if (before === undefined && status !== 'removed' && ours[filename] === sha) continue;
    say('it changes ' + quoted(before ?? filename) + ', which is not what the program rendered for the platform', 'is the program newer, run: pulumi up --stack platform, then close and reopen; is it a rollback, close it and repeat it with --with-current-program; else close it');
  }
  if (pull.head.repo === null || pull.head.repo.id !== pull.base.repo.id) say('it comes from another repository', byProgram);
  else if (!pull.head.ref.startsWith(prefix)) say('its branch is not one that the program makes, ' + quoted(prefix) + ' and a name', byProgram);
  if (pull.user === null || (pull.user.type !== 'User' && pull.user.login !== promoter))
    say('it was opened by ' + quoted(pull.user === null ? 'nobody' : pull.user.login) + ', who is neither a person nor ' + (promoter ?? 'an app that promotes'), 'is that the app, write its slug in actors of project.ts and run: pulumi up --stack platform; else close it');
  if (pull.commits !== 1) say('it holds ' + pull.commits + ' commits, and a run of the program proposes one', byProgram);
}
`;
