import { expect, test } from '@jest/globals';
import { secretLiterals } from '../../../../src/review/checks/security/secret-literals.ts';
import { validDelivery, withEnvironment } from '../../../support/valid-delivery.ts';
import { configMap, dev, findings, object, withContainer } from '../small-objects.ts';

const advice = 'is written out, and everybody who reads the branch has it; declare a credential and refer to its key';
const env = (name: string, value: string) => withContainer({ env: [{ name, value }] });

test.each([
  'POSTGRES_PASSWORD',
  'PGPASSWORD',
  'DB_PASS',
  'dbPass',
  'API_KEY',
  'SLACK_WEBHOOK_URL',
  'clientSecret',
  'GITHUB_TOKEN',
])('fails on a value under the name %s, without showing it', (name) => {
  expect(findings(secretLiterals, [env(name, 'hunter2')])).toEqual([
    `Deployment/dev-orders spec.template.spec.containers[0].env[0].value: "${name}" ${advice}`,
  ]);
});

test.each(['COMPASS', 'bypass', 'TOKEN_FILE', 'secretName'])('passes a value under the name %s', (name) => {
  expect(findings(secretLiterals, [env(name, 'hunter2')])).toEqual([]);
});

test('fails on the key of a declared credential, whatever it is called', () => {
  const delivery = withEnvironment(validDelivery(), 'dev', (environment) => ({
    ...environment,
    credentials: [
      {
        name: 'bank',
        purpose: 'webhook',
        holder: 'orders',
        scope: 'payments',
        store: { kind: 'kubernetes', secretName: 'bank', keys: ['bank.account', 'url'] },
      },
    ],
  }));

  const found = findings(
    secretLiterals,
    [configMap('dev-config', { 'bank.account': 'DE00 1234', url: 'https://example.com' })],
    { delivery, environment: dev(delivery) },
  );

  expect(found).toEqual([`ConfigMap/dev-config data["bank.account"]: "bank.account" ${advice}`]);
});

test('fails on a line of a settings file in a ConfigMap', () => {
  const found = findings(secretLiterals, [
    configMap('dev-config', {
      'application.properties': 'spring.datasource.username=bk\nspring.datasource.password=bk\n',
      'config.json': '{\n  "apiKey": "abc",\n  "port": 80\n}',
    }),
  ]);

  expect(found).toEqual([
    `ConfigMap/dev-config data["application.properties"]: "spring.datasource.password" ${advice}`,
    `ConfigMap/dev-config data["config.json"]: "apiKey" ${advice}`,
  ]);
});

test('fails on a parameter of a chart', () => {
  const application = object('argoproj.io/v1alpha1', 'Application', 'kargo', {
    spec: {
      source: {
        helm: {
          parameters: [
            { name: 'api.replicas', value: '2' },
            { name: 'api.adminAccount.tokenSigningKey', value: 'literal' },
          ],
        },
      },
    },
  });

  expect(findings(secretLiterals, [application])).toEqual([
    `Application/kargo spec.source.helm.parameters[1].value: "api.adminAccount.tokenSigningKey" ${advice}`,
  ]);
});

test('accepts variables, switches, numbers, names of files, and scripts, whose lines only look alike', () => {
  const found = findings(secretLiterals, [
    env('POSTGRES_PASSWORD', '$(FROM_SECRET)'),
    env('REQUIRE_TOKEN', 'true'),
    env('PASSWORD_FILE', '/run/secrets/password'),
    env('PASSWORD', ''),
    configMap('dev-config', {
      'app.properties': 'db.password=${DB_PASSWORD}\ntoken=\nsecret=60\n',
      'run.py': 'token = os.environ["TOKEN"]\n',
    }),
  ]);

  expect(found).toEqual([]);
});
