import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import { readerProblems } from '../../src/pulumi/reader-problems.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { settings } from '../support/settings.ts';

const { credentials } = project(settings);
const given = (READER_APP_ID: string): StackSecrets =>
  new StackSecrets({ 'review-program': { READER_APP_ID, READER_PRIVATE_KEY: 'a-planted-key' } });

describe('a credential that reads', () => {
  test('takes an app of its own, and anything while no app is known', () => {
    expect(readerProblems('platform', credentials, given('234567'), 123456)).toEqual([]);
    expect(readerProblems('platform', credentials, given('123456'), undefined)).toEqual([]);
  });

  test('fails with the app that promotes', () => {
    expect(readerProblems('platform', credentials, given('123456'), 123456)).toEqual([
      {
        path: 'Pulumi.platform.yaml: config.portolan:secrets.review-program.READER_APP_ID',
        message: 'is the app that promotes, whose key writes; give the number of an app that can only read',
        given: '123456',
      },
    ]);
  });
});
