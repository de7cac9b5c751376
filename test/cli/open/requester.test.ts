import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { requesterOf } from '../../../src/cli/open/requester.ts';
import { pullRequestsOf } from '../../../src/cli/open/github-access.ts';
import { FakeGitHub } from '../../support/fake-github.ts';

let github: FakeGitHub;
beforeEach(async () => {
  github = await FakeGitHub.start();
});
afterEach(async () => github.stop());

const account = async () => {
  const asked = await pullRequestsOf('https://127.0.0.1/acme/shop-ops.git', {
    GITHUB_TOKEN: 'app-token',
    GITHUB_API_URL: github.baseUrl,
  });
  return asked?.whoAmI?.();
};

describe('who asks', () => {
  test('is the account of the token, whatever this machine says of a person', async () => {
    github.login = 'mallory';

    expect(requesterOf({ USER: 'alice', GITHUB_ACTOR: 'alice' }, await account())).toEqual({ actor: 'mallory' });
  });

  test('is the account of the run where the token is that of an app', async () => {
    expect(
      requesterOf({ GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'alice', PORTOLAN_RUN: 'https://run' }, await account()),
    ).toEqual({ actor: 'alice', automatic: true, run: 'https://run' });
  });

  test('is the person at this machine where no host can be asked, or it does not answer', async () => {
    github.fail({ method: 'GET', path: '/user', status: 502, message: '' });

    expect(requesterOf({ USER: 'alice' }, await account())).toEqual({ actor: 'alice' });
    expect(requesterOf({ USER: 'alice' })).toEqual({ actor: 'alice' });
  });

  test('is a run where CI or PORTOLAN_AUTOMATIC is set, whatever CI it is, and where nobody sits at a terminal', () => {
    const isAutomatic = (environment: NodeJS.ProcessEnv, atTerminal = true, byHand = false): boolean =>
      requesterOf({ USER: 'alice', ...environment }, undefined, { atTerminal, byHand }).automatic === true;

    for (const name of ['CI', 'GITHUB_ACTIONS', 'PORTOLAN_AUTOMATIC']) {
      expect(isAutomatic({ [name]: 'true' })).toBe(true);
      expect(isAutomatic({ [name]: '1' })).toBe(true);
      expect(isAutomatic({ [name]: 'true' }, true, true)).toBe(false);
      for (const nothing of ['', 'false', '0']) expect(isAutomatic({ [name]: nothing })).toBe(false);
    }
    expect(isAutomatic({ GITLAB_CI: 'true' })).toBe(false);
    expect(isAutomatic({}, false)).toBe(true);
    expect(isAutomatic({}, false, true)).toBe(false);
  });
});
