import { wholeCommit } from '../model/formats/commit.ts';

/** What every step begins with: what it is asked for, how it fails, and how it runs something with no variables but the plain ones and its own. */
const beginning = `const { spawnSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const { ASKED, READING, WRITING, APP, INSTALLATION, KEY, USERNAME, PASSWORD, ...plain } = process.env;
const asked = JSON.parse(ASKED);
const fail = (why) => { console.error('portolan: ' + why); process.exit(1); };
const kept = (folder) => JSON.parse(readFileSync(folder + '/login.json', 'utf8'));
function run(command, args, own, cwd = '.') {
  const { status, error } = spawnSync(command, args, { cwd, env: { ...plain, ...own }, stdio: 'inherit' });
  if (status !== 0) fail(command + ' ' + args[0] + ' failed' + (error ? ': ' + error.message : ''));
}
`;

/**
 * Proves who runs the program, and keeps two logins, each in a folder of its own: one that reads program and sources, and one that writes the ops repository.
 * On GitHub it is an app, whose tokens end within the hour; elsewhere somebody with a password, who has one login for both.
 */
const prove = `${beginning}const { sign } = require('node:crypto');
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
async function token(repositories, permissions) {
  const now = Math.floor(Date.now() / 1000);
  const claims = part({ alg: 'RS256', typ: 'JWT' }) + '.' + part({ iat: now - 60, exp: now + 300, iss: APP });
  const authorization = 'Bearer ' + claims + '.' + sign('RSA-SHA256', Buffer.from(claims), KEY).toString('base64url');
  const answer = await fetch(asked.api + '/app/installations/' + INSTALLATION + '/access_tokens', {
    method: 'POST',
    headers: { accept: 'application/vnd.github+json', authorization, 'user-agent': 'portolan' },
    body: JSON.stringify({ repositories, permissions }),
  }).catch((error) => fail('GitHub is not reached at ' + asked.api + ': ' + (error.cause ?? error).message));
  if (!answer.ok) fail('GitHub gives the app ' + APP + ' no token for ' + repositories.join(', ') + ' (' + answer.status + '); look at its key, and at what it is installed on');
  return (await answer.json()).token;
}
const login = (pair) => ({
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'http.' + asked.server + '/.extraheader',
  GIT_CONFIG_VALUE_0: 'AUTHORIZATION: basic ' + Buffer.from(pair).toString('base64'),
});
const keep = (folder, variables) => writeFileSync(folder + '/login.json', JSON.stringify(variables), { mode: 0o600 });
async function main() {
  if (KEY === undefined) {
    for (const folder of [READING, WRITING]) keep(folder, login(USERNAME + ':' + PASSWORD));
    return;
  }
  const readers = [...new Set([asked.program, ...asked.sources].map(({ repository }) => repository))];
  keep(READING, login('x-access-token:' + (await token(readers, { contents: 'read' }))));
  keep(WRITING, { GITHUB_TOKEN: await token([asked.ops], { contents: 'write', pull_requests: 'write' }) });
}
main().catch((error) => fail('no login can be made of what the Secret holds: ' + error.message));
`;

/** Gets the newest program, and the history of the sources without their files. */
const fetchAll = `${beginning}const reading = kept(READING);
run('git', ['clone', '--quiet', asked.program.url, 'program'], reading);
for (const { url, folder } of asked.sources) run('git', ['clone', '--quiet', '--no-checkout', '--filter=blob:none', url, folder], reading);
`;

/** Installs the packages of the program's lock file, with no login in reach of what they run. */
const install = `${beginning}run('npm', ['ci', '--no-audit', '--no-fund'], {}, 'program');
`;

/** Runs the program: with what it is asked for, and with what was built where that is known. */
const promote = `${beginning}const { COMMIT } = plain;
const built = asked.images.flatMap(({ artifact, repository, digest }) => {
  if (!/^sha256:[0-9a-f]{64}$/.test(plain[digest])) fail('what was built of ' + artifact + ' has no digest');
  return ['--image', artifact + '=' + repository + ':' + COMMIT + '@' + plain[digest]];
});
if (built.length > 0 && !/${wholeCommit.source}/.test(COMMIT)) fail('what was built is of no whole commit');
const args = ['--no-install', 'portolan', ...asked.promote, ...built, ...(built.length > 0 ? ['--source-commit', COMMIT] : [])];
run('npx', args, kept(WRITING), 'program');
`;

/**
 * What is done to run the program in a cluster, as text for Node.js 20.12 or later, in the order in which it is done: each in a container of its own, so that none sees
 * what another one proves itself with. Nothing that is given stands in a text: it is read from variables.
 */
export const programScripts = { prove, fetch: fetchAll, install, promote } as const;
