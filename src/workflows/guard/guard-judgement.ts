/**
 * The program of Node.js that judges a pull request by what GitHub says of it, and prints a line for each reason against it. It
 * is given documents with a record separator after each: the commit that is judged, what guards each branch, the pull request before
 * and after its files were listed, and the pages of that list. Nothing of the pull request is run, and none of its text printed as it is.
 *
 * @param isMoved - whether somebody else than the program moves fields of some branch, in pull requests of its own: those are told by `index.json` of
 * the branch that is proposed to, which stands behind what guards the branches then
 */
export const guardJudgement = (
  isMoved: boolean,
): string => `const [head, guarded, ${isMoved ? 'index, ' : ''}...documents] = require('node:fs').readFileSync(0, 'utf8').split('\\x1e').slice(0, -1);
const [pull, after, ...pages] = documents.map((text) => JSON.parse(text));
const files = pages.flat();
const branch = JSON.parse(guarded)[pull.base.ref];
const quoted = (text) => JSON.stringify(text).replace(/[^ -~]/g, '?');
const again = 'nobody needs to do anything, the newest commit has a run of its own';
const say = (what, next) => console.log('refused: ' + what + '; ' + next);
if (branch === undefined) say('nothing is known of the branch ' + quoted(pull.base.ref), 'run: pulumi up --stack platform');
else {
  const { promoter, prefix, files: ours } = branch;
${isMoved ? moves : ''}  const byProgram = 'close it, and have the program propose it: npx portolan promote, publish or rollback';
  if (pull.head.sha !== head || after.head.sha !== head) say('the branch moved while it was judged', again);
  if (files.length !== pull.changed_files)
    say('GitHub lists ' + files.length + ' of ' + pull.changed_files + ' files, and what it does not list nobody judges', 'propose less at once');
  for (const { filename, previous_filename: before, status, sha } of files) {
    if (![filename, before].some((path) => path !== undefined && /^\\.github(\\/|$)/i.test(path))) continue;
    if (before === undefined && status !== 'removed' && ours[filename] === sha) continue;
    say('it changes ' + quoted(before ?? filename) + ', which is not what the program rendered for the platform', 'is the program newer, run: pulumi up --stack platform, then close and reopen; is it a rollback, close it and repeat it with --with-current-program; else close it');
  }
  if (pull.head.repo === null || pull.head.repo.id !== pull.base.repo.id) say('it comes from another repository', byProgram);
  else if (!pull.head.ref.startsWith(prefix)${isMoved ? ' && stray !== undefined' : ''}) say('its branch is not one that the program makes, ' + quoted(prefix) + ' and a name'${isMoved ? " + (branch.moves === true ? ', and it changes ' + quoted(stray) + ' further than a promoter moves it' : '')" : ''}, byProgram);
  if (pull.user === null || (pull.user.type !== 'User' && pull.user.login !== promoter))
    say('it was opened by ' + quoted(pull.user === null ? 'nobody' : pull.user.login) + ', who is neither a person nor ' + (promoter ?? 'an app that promotes'), 'is that the app, write its slug in actors of project.ts and run: pulumi up --stack platform; else close it');
  if (pull.commits !== 1) say('it holds ' + pull.commits + ' commits, and a run of the program proposes one', byProgram);
}
`;

/**
 * The first file that a pull request changes further than a promoter moves its fields: that has none, that is not as long as it was, or of which a line is
 * of no field. What the lines of fields say is the business of `portolan verify`.
 */
const moves = `  const fields = branch.moves === true ? (JSON.parse(index).fields ?? {}) : {};
  const isOf = (line, { kind, repository, marker, path }) => kind === 'image' ? [':', '@'].some((end) => (/^\\s*(?:- )?"?image"?:\\s*["']?(.*)$/.exec(line)?.[1] ?? '').startsWith(repository + end)) : kind === 'marker' ? line.includes(marker) : line.trim().replace(/^- /, '').startsWith(path[path.length - 1] + ':');
  const movesOnly = ({ filename, previous_filename: before, status, patch }) => {
    if (before !== undefined || status !== 'modified' || patch === undefined || !Object.hasOwn(fields, filename)) return false;
    const lines = patch.split('\\n').filter((line) => /^[-+]/.test(line));
    return lines.filter((line) => line[0] === '-').length * 2 === lines.length && lines.every((line) => fields[filename].some((field) => isOf(line.slice(1), field)));
  };
  const stray = files.find((file) => !movesOnly(file))?.filename;
`;
