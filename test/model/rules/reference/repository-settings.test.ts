import { describe, expect, test } from '@jest/globals';
import type { Repository } from '../../../../src/model/repository.ts';
import { repositorySettings } from '../../../../src/model/rules/reference/repository-settings.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

const withRepository = (change: Partial<Repository>): readonly string[] => {
  const delivery = validDelivery();
  const [first, ...others] = delivery.repositories;
  return told(repositorySettings, { ...delivery, repositories: [{ ...first!, ...change }, ...others] });
};

const said =
  'repositories.shop.url: must be an https address without a name or password in it, e.g. "https://github.com/acme/shop.git"';

describe('a repository has an address that everybody reads it under', () => {
  test('passes for https, at any host and port', () => {
    expect(withRepository({})).toEqual([]);
    expect(withRepository({ url: 'https://git.example.com:8443/acme/group/shop' })).toEqual([]);
    expect(withRepository({ protection: { approvals: 0, checks: [] } })).toEqual([]);
  });

  test('fails for what is none', () => {
    for (const url of ['', 'shop', 'https://github.com', 'https://github.com/acme/my shop', 'ssh:shop'])
      expect(withRepository({ url })).toEqual([`${said}, got ${JSON.stringify(url)}`]);
  });

  test('fails for an address with a name in it, and does not repeat it', () => {
    expect(withRepository({ url: 'git@github.com:acme/shop.git' })).toEqual([said]);
    expect(withRepository({ url: 'https://bot:hunter2@github.com/acme/shop.git' })).toEqual([said]);
  });

  test('fails for approvals that GitHub cannot ask for', () => {
    for (const approvals of [-1, 7, 1.5])
      expect(withRepository({ protection: { approvals, checks: [] } })).toEqual([
        `repositories.shop.protection.approvals: must be a whole number from 0 to 6, got ${approvals}`,
      ]);
  });
});
