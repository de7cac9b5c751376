import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(60_000);

const file = 'Pulumi.staging.yaml';
const replicas = `${file}: config.portolan:replicas`;

const refusals: readonly (readonly [
  what: string,
  change: (text: string) => string,
  what: string,
  ...problems: readonly string[],
])[] = [
  [
    'a value of another type',
    (text) => text.replace('broadcaster: 6', 'broadcaster: many'),
    'the configuration',
    `${replicas}.broadcaster: must be a whole number, 0 or more; write it with: pulumi config set --path portolan:replicas.broadcaster VALUE --stack staging, got "many"`,
  ],
  [
    'a value of another type than the project declares',
    (text) => text.replace(/portolan:nodeFolder: .*/, 'portolan:nodeFolder: data'),
    'the configuration',
    `${file}: config.portolan:nodeFolder: must be an absolute path without a slash at its end, e.g. /var/lib/shop; write it with: pulumi config set portolan:nodeFolder /var/lib/shop --stack staging, got "data"`,
  ],
  [
    'a list instead of a mapping',
    () => '- config\n',
    'the configuration',
    `${file}: must be a mapping with the key config`,
  ],
  [
    'a setting that does not exist',
    (text) => `${text}  portolan:replica:\n    broadcaster: 3\n`,
    'the configuration',
    `${file}: config.portolan:replica: there is no such setting; write "portolan:replicas"`,
  ],
  [
    'a key beside config',
    (text) => `${text}replicas: 3\n`,
    'the configuration',
    `${file}: replicas: there is no such setting; remove it`,
  ],
  [
    'a service that does not exist',
    (text) => text.replace('broadcaster: 6', 'broadcast: 6'),
    'the delivery',
    `${replicas}.broadcast: there is no service in staging of this name; write "broadcaster"`,
  ],
  [
    'a key that stands twice',
    (text) => `${text}  portolan:nodeName: other\n`,
    'the configuration',
    `${file}:7:3: this key stands here a second time; keep one of them`,
  ],
  [
    'an alias bomb',
    (text) => `a: &a [x, x]\nb: &b [*a, *a]\n${text}`,
    'the configuration',
    `${file}:2:8: aliases are not allowed; write the value instead of *a`,
    `${file}:2:12: aliases are not allowed; write the value instead of *a`,
  ],
  [
    'a tag that makes another type',
    (text) => `${text}  portolan:host: !!js/function alert\n`,
    'the configuration',
    `${file}:7:18: tags such as !!set are not allowed; remove it`,
  ],
  [
    'a key of the language',
    (text) => `${text}  __proto__: 3\n`,
    'the configuration',
    `${file}:7:3: __proto__ cannot be a key; remove it`,
  ],
  [
    'a second document',
    (text) => `${text}---\nconfig: {}\n`,
    'the configuration',
    `${file}:7:1: a second document begins here; keep one document`,
  ],
  [
    'a tab',
    (text) => `${text}\tportolan:nodeName: other\n`,
    'the configuration',
    `${file}:7:1: tabs are not allowed as indentation`,
  ],
];

describe('a stack file with', () => {
  let copy: ProjectCopy;
  let good: string;
  let before: ReturnType<ProjectCopy['state']>;

  beforeAll(async () => {
    copy = new ProjectCopy();
    good = copy.read(file);
    const [started, rendered] = await copy.runEach([['start'], ['synth']]);
    expect([started?.code, rendered?.code]).toEqual([0, 0]);
    before = copy.state();
  });

  afterEach(() => {
    copy.write(file, good);
  });

  test.each(refusals)('fails: %s', async (_, change, what, ...problems) => {
    copy.write(file, change(good));
    const { code, stdout, stderr } = await copy.run(['synth']);

    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: `portolan: ${what} is not valid (${count})\n${problems.map((problem) => `  ${problem}\n`).join('')}`,
    });
    expect(copy.state()).toEqual(before);
  });

  test('fails where it is missing and another environment has one, with both ways to write it', async () => {
    copy.remove(file);
    const { code, stdout, stderr } = await copy.run(['synth']);

    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: `portolan: the delivery is not valid (1 problem)\n  ${file}: is missing, so that the environment staging has no stack and no settings; write it with: pulumi stack init staging, or by hand with the one line "config: {}"\n`,
    });
    expect(copy.state()).toEqual(before);

    copy.write(file, 'config: {}\n');
    expect((await copy.run(['check'])).code).toBe(0);
  });

  test("Pulumi's own keys is left alone, and renders the same bytes", async () => {
    const own = 'encryptionsalt: v1:AAAA=:v1:BBBB:CCCC==\nsecretsprovider: passphrase\nencryptedkey: DDDD\n';
    copy.write(file, `${own}${good}`);
    const { code } = await copy.run(['synth']);

    expect(code).toBe(0);
    expect(copy.files('dist')).toEqual(before.dist);
    expect(copy.read(file)).toBe(`${own}${good}`);
  });
});
