import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ownKey } from '../../../src/cli/project/own-key.ts';
import { temporaryFolder } from '../../support/git.ts';

const home = (): { readonly env: NodeJS.ProcessEnv; readonly folder: string } => {
  const caches = temporaryFolder();
  return { env: { XDG_CACHE_HOME: caches }, folder: join(caches, 'portolan') };
};

describe("a user's own key", () => {
  test('is made once, and is for nobody else to read', () => {
    const { env, folder } = home();
    const key = ownKey(env);

    expect(key).toHaveLength(32);
    expect(ownKey(env)).toEqual(key);
    expect(readdirSync(folder)).toEqual(['key']);
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'key'))).toEqual(key);
  });

  test('is another one for another user', () => {
    expect(ownKey(home().env)).not.toEqual(ownKey(home().env));
  });

  test('is none where others can read it', () => {
    const { env, folder } = home();
    ownKey(env);
    chmodSync(join(folder, 'key'), 0o644);

    expect(ownKey(env)).toBeUndefined();
  });

  test('is none where it is not as it was made', () => {
    const { env, folder } = home();
    mkdirSync(folder);
    writeFileSync(join(folder, 'key'), 'short', { mode: 0o600 });

    expect(ownKey(env)).toBeUndefined();
    expect(readFileSync(join(folder, 'key'), 'utf8')).toBe('short');
  });

  test('is none where nothing can be written', () => {
    const caches = join(temporaryFolder(), 'a-file');
    writeFileSync(caches, '');

    expect(ownKey({ XDG_CACHE_HOME: caches })).toBeUndefined();
  });

  test.each([{ CI: 'true' }, { CI: '1' }, { PORTOLAN_AUTOMATIC: '1' }])(
    'is none where no person started this: %o',
    (says) => {
      const { env, folder } = home();

      expect(ownKey({ ...env, ...says })).toBeUndefined();
      expect(() => readdirSync(folder)).toThrow('ENOENT');
    },
  );

  test.each(['', 'false', 'False', '0'])('is there where CI=%p says that this is none', (ci) => {
    expect(ownKey({ ...home().env, CI: ci })).toHaveLength(32);
  });

  test('is none where it would lie in the folder that this is called in', () => {
    expect(ownKey({ XDG_CACHE_HOME: 'caches' })).toBeUndefined();
  });
});
