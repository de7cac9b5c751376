import { describe, expect, test } from '@jest/globals';
import { opensshPublicKey } from '../../../../src/pulumi/github/repositories/openssh-public-key.ts';
import { deployKey, deployKeyPublic, opensshFile } from '../../support/deploy-key.ts';

describe('the public half of a deploy key', () => {
  test('is read from the private one, whatever stands around it', () => {
    expect(opensshPublicKey(deployKey)).toBe(deployKeyPublic);
    expect(opensshPublicKey(`\n${deployKey.replaceAll('\n', '\r\n')}`)).toBe(deployKeyPublic);
  });

  test('fails for a key with a passphrase', () => {
    expect(() => opensshPublicKey(opensshFile('aes256-ctr'))).toThrow(
      new Error(
        "must have no passphrase, because nobody types it for the engine; make one with: ssh-keygen -t ed25519 -N '' -f deploy-key",
      ),
    );
  });

  test('fails for anything else, without showing it', () => {
    const expected = new Error(
      "must be an OpenSSH private key; make one with: ssh-keygen -t ed25519 -N '' -f deploy-key",
    );

    expect(() => opensshPublicKey('')).toThrow(expected);
    expect(() => opensshPublicKey('-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----')).toThrow(expected);
    expect(() => opensshPublicKey(deployKeyPublic)).toThrow(expected);
  });

  test('fails for a file that was cut', () => {
    const damaged = new Error(
      'is damaged: it is not a whole OpenSSH private key; give the whole file, with its first and last line',
    );
    const lines = deployKey.trim().split('\n');

    expect(() => opensshPublicKey([lines[0], lines.at(-1)].join('\n'))).toThrow(damaged);
    expect(() => opensshPublicKey([lines[0], lines[1]?.slice(0, 40), lines.at(-1)].join('\n'))).toThrow(damaged);
  });
});
