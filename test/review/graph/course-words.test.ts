import { describe, expect, test } from '@jest/globals';
import type { Gate } from '../../../src/model/stage.ts';
import { kpackBuilder } from '../../support/built-by-kpack.ts';
import { tektonBuilder } from '../../support/built-by-tekton.ts';
import type { Builder, Trigger } from '../../../src/model/supply.ts';
import { builderWords, gateWords, triggerWords } from '../../../src/review/graph/course-words.ts';

describe('the words of a course', () => {
  test.each<[Trigger, string]>([
    [{ on: 'push', repository: 'shop', branches: ['main', 'next'] }, 'on a push to main, next'],
    [{ on: 'pullRequest', repository: 'shop' }, 'on a pull request'],
    [{ on: 'gitTag', repository: 'shop', pattern: 'v*' }, 'on a tag v*'],
    [{ on: 'artifactPublished', artifact: 'orders', by: 'poll', intervalMinutes: 1 }, 'when orders is published'],
    [{ on: 'upstreamHealthy', stages: ['dev'], by: 'event' }, 'when dev is healthy'],
    [{ on: 'dispatch', repository: 'shop', event: 'ship' }, 'on the event ship'],
    [
      { on: 'dispatch', repository: 'shop', event: 'ship', authentication: 'sender' },
      'on the event ship, sent with sender',
    ],
    [{ on: 'schedule', cron: '0 3 * * 1' }, 'at 0 3 * * 1'],
    [{ on: 'manual' }, 'by hand'],
  ])('say what starts it: %j', (trigger, words) => {
    expect(triggerWords(trigger)).toBe(words);
  });

  test.each<[Gate, string | undefined]>([
    [{ kind: 'none' }, undefined],
    [
      { kind: 'pullRequest', approvals: 2, approvers: [], checks: ['unit', 'e2e'] },
      'a pull request with 2 approvals and the checks unit, e2e',
    ],
    [{ kind: 'humanTag', pattern: 'v*', taggers: ['alice'] }, 'a tag v* by alice'],
  ])('say what must be true before: %j', (gate, words) => {
    expect(gateWords(gate)).toBe(words);
  });

  test.each<[Builder, string]>([
    [{ kind: 'githubActions', images: [] }, 'built by GitHub Actions'],
    [kpackBuilder(), 'built by kpack'],
    [tektonBuilder(), 'built by Tekton'],
    [{ kind: 'chartReleaser', chart: 'shop' }, 'released by chart-releaser'],
    [{ kind: 'external', by: 'the vendor' }, 'built by the vendor'],
  ])('say who builds: %j', (builder, words) => {
    expect(builderWords(builder)).toBe(words);
  });
});
