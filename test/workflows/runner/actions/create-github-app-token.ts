import { given, type ActionCall, type PlayedAction } from './action.ts';

/** A token of the app whose key it is given: a key of the very environment that the job names, for what the app is installed with. */
function createToken(call: ActionCall): Readonly<Record<string, string>> {
  const { secrets, apps, repositories, tokens } = call.github;
  const [id, key] = [given(call, 'client-id'), given(call, 'private-key')].map((value) =>
    secrets.all.find((secret) => secret.value === value),
  );
  if (key === undefined || id?.credential !== key.credential)
    throw new Error('the number and the key are not those of one credential');
  if (key.repository !== call.repositoryName || key.environment !== call.environment)
    throw new Error(`the key is kept for ${key.repository} in ${key.environment}, and the job is elsewhere`);
  const app = apps.find(({ holder }) => holder === key.credential.holder);
  if (app === undefined) throw new Error(`no app is called ${key.credential.holder}`);
  const owner = given(call, 'owner');
  const wanted = Object.entries(call.with).flatMap(([name, value]) =>
    name.startsWith('permission-') ? [[name.slice('permission-'.length), value as 'read' | 'write'] as const] : [],
  );
  // Without any, the token would have everything that the app has.
  if (wanted.length === 0) throw new Error('no permission is asked for');
  const names = given(call, 'repositories')
    .split(',')
    .map((name) => `${owner}/${name}`);
  for (const fullName of names) {
    const granted = app.permissions[repositories.get(fullName)?.name ?? ''] ?? {};
    for (const [permission, access] of wanted)
      if (granted[permission] !== 'write' && granted[permission] !== access)
        throw new Error(`${app.holder} is not installed on ${fullName} with ${permission}: ${access}`);
  }
  const login = `${app.holder}[bot]`;
  return { token: tokens.give({ login, repositories: names, permissions: Object.fromEntries(wanted), ofRun: false }) };
}

export const createGithubAppToken: PlayedAction = {
  inputs: [
    'client-id',
    'private-key',
    'owner',
    'repositories',
    ...['contents', 'pull-requests', 'statuses', 'workflows', 'actions'].map((name) => `permission-${name}`),
  ],
  run: (call) => Promise.resolve(createToken(call)),
};
