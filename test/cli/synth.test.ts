import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(60_000);

describe('portolan synth', () => {
  let copy: ProjectCopy;
  /** What it renders when nothing else is asked for. */
  let dist: Readonly<Record<string, string>>;

  beforeAll(async () => {
    copy = new ProjectCopy();
    const { code, stdout, stderr } = await copy.run(['synth']);
    expect({ code, stdout, stderr: copy.plain(stderr) }).toEqual({
      code: 0,
      stdout: '',
      stderr:
        '  ✔ render and check: staging 28 objects, production 34 objects (TIME)\n  ✔ write dist/staging, dist/production, dist/source, dist/program (TIME)\n',
    });
    dist = copy.files('dist');
  });

  beforeEach(() => {
    copy.remove('out');
  });

  test('renders each environment, bootstrap apart, one object a file, and the workflows', () => {
    const folders = Object.keys(dist).map((path) => path.replace(/\/[^/]*$/, ''));

    expect([...new Set(folders)].sort()).toEqual([
      'production/bootstrap',
      'production/manifests/the-project',
      'program/.github/workflows',
      'source/.github/workflows',
      'staging/bootstrap',
      'staging/manifests/the-project',
    ]);
    expect(Object.keys(dist).filter((path) => path.startsWith('staging/bootstrap'))).toEqual([
      'staging/bootstrap/10-namespace.staging.yaml',
      'staging/bootstrap/20-appproject.the-project-staging.yaml',
      'staging/bootstrap/30-application.the-project-staging.yaml',
    ]);
  });

  test('renders the same bytes again, in another time zone and language, to the folder of --output', async () => {
    const { code } = await copy.run(['synth', '--output', 'out'], {
      env: { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    });

    expect(code).toBe(0);
    expect(copy.files('out')).toEqual(dist);
  });

  test('writes where cdk8s asks, and -o decides over it', async () => {
    const byCdk8s = await copy.run(['synth'], { env: { CDK8S_OUTDIR: 'out/by-cdk8s' } });
    const byOption = await copy.run(['synth', '-o', 'out/by-option'], { env: { CDK8S_OUTDIR: 'out/nothing' } });

    expect([byCdk8s.code, byOption.code]).toEqual([0, 0]);
    expect(copy.files('out/by-cdk8s')).toEqual(dist);
    expect(readdirSync(join(copy.folder, 'out')).sort()).toEqual(['by-cdk8s', 'by-option']);
  });

  test('renders only the environments that are named, and removes what is no longer rendered from them alone', async () => {
    copy.write('out/production/manifests/the-project/service.gone.yaml', 'kind: Service\n');
    copy.write('out/staging/manifests/the-project/service.stays.yaml', 'kind: Service\n');
    const { code, stdout } = await copy.run(['synth', '--environment', 'production', '--output', 'out', '--json']);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      environments: [{ environment: 'production', folder: join(copy.folder, 'out', 'production'), objects: 34 }],
    });
    const expected = Object.entries(dist).filter(([path]) => path.startsWith('production/'));
    expect(copy.files('out')).toEqual({
      ...Object.fromEntries(expected),
      'staging/manifests/the-project/service.stays.yaml': 'kind: Service\n',
    });
  });

  test('fails for a folder that holds something else, and writes nothing there', async () => {
    copy.write('out/staging/letter.txt', 'mine');
    const { code, stderr } = await copy.run(['synth', '--output', 'out', '--environment', 'staging']);

    expect(code).toBe(1);
    expect(copy.plain(stderr)).toBe(
      [
        '  ✔ render and check: staging 28 objects (TIME)',
        '  ✖ write out/staging (TIME)',
        'portolan: FOLDER/out/staging holds files that rendering did not write: letter.txt; move them away or write to another folder',
        '',
      ].join('\n'),
    );
    expect(copy.files('out')).toEqual({ 'staging/letter.txt': 'mine' });
  });

  test('fails when a file cannot be as large as it must be, and leaves what was there', async () => {
    // What is there already is not written again.
    appendFileSync(join(copy.folder, 'dist/staging/bootstrap/10-namespace.staging.yaml'), '# edited\n');
    const edited = copy.files('dist');
    const { code, stderr } = await copy.runShell('trap "" XFSZ; ulimit -f 1; exec node "$portolan" synth');

    expect(code).toBe(1);
    expect(copy.plain(stderr)).toContain(
      'portolan: cannot write FOLDER/dist/staging: the file would be larger than a file may be here (ulimit -f); it is as it was\n',
    );
    expect(copy.files('dist')).toEqual(edited);
  });
});
