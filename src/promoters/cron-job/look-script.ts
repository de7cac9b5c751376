/**
 * What a look does, as text for Node.js: it gets the newest program, its packages and the history of the sources, and runs `portolan promote --newest`. On
 * GitHub it is an app, which gets two tokens that end within the hour: one that reads, and one that writes the ops repository. Elsewhere it is somebody with
 * a password. Neither is in an address, an argument or a file, nor in sight of what `npm ci` runs.
 */
export const lookScript = `import { spawnSync } from 'node:child_process';
import { sign } from 'node:crypto';
const { LOOK, APP, INSTALLATION, KEY, USERNAME, PASSWORD, ...plain } = process.env;
const { api, server, program, sources, ops, promote } = JSON.parse(LOOK);
const fail = (why) => { console.error('portolan: ' + why); process.exit(1); };
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
async function token(repositories, permissions) {
  const now = Math.floor(Date.now() / 1000);
  const claims = part({ alg: 'RS256', typ: 'JWT' }) + '.' + part({ iat: now - 60, exp: now + 300, iss: APP });
  const authorization = 'Bearer ' + claims + '.' + sign('RSA-SHA256', Buffer.from(claims), KEY).toString('base64url');
  const answer = await fetch(api + '/app/installations/' + INSTALLATION + '/access_tokens', {
    method: 'POST',
    headers: { accept: 'application/vnd.github+json', authorization, 'user-agent': 'portolan' },
    body: JSON.stringify({ repositories, permissions }),
  });
  if (!answer.ok) fail('GitHub gives the app ' + APP + ' no token for ' + repositories.join(', ') + ' (' + answer.status + '); look at its key, and at what it is installed on');
  return (await answer.json()).token;
}
const login = (pair) => ({
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'http.' + server + '/.extraheader',
  GIT_CONFIG_VALUE_0: 'AUTHORIZATION: basic ' + Buffer.from(pair).toString('base64'),
});
function run(command, args, own, cwd = '.') {
  const { status, error } = spawnSync(command, args, { cwd, env: { ...plain, ...own }, stdio: 'inherit' });
  if (status !== 0) fail(command + ' ' + args[0] + ' failed' + (error ? ': ' + error.message : ''));
}
const isApp = KEY !== undefined;
const readers = [...new Set([program, ...sources].map(({ repository }) => repository))];
const reading = isApp ? login('x-access-token:' + (await token(readers, { contents: 'read' }))) : login(USERNAME + ':' + PASSWORD);
run('git', ['clone', '--quiet', program.url, 'program'], reading);
for (const { url, folder } of sources) run('git', ['clone', '--quiet', '--no-checkout', '--filter=blob:none', url, folder], reading);
run('npm', ['ci', '--no-audit', '--no-fund'], {}, 'program');
const writing = isApp ? { GITHUB_TOKEN: await token([ops], { contents: 'write', pull_requests: 'write' }) } : reading;
run('npx', ['--no-install', 'portolan', ...promote], writing, 'program');
`;
