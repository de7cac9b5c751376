import { describe, expect, test } from '@jest/globals';
import { reportedHealth, type SaidOfCommit } from '../../../src/ops/health/reported-health.ts';

const word = { context: 'flux/shop-dev', by: 'flux-dev[bot]' };
const said = (change: Partial<SaidOfCommit> = {}): SaidOfCommit => ({
  context: 'flux/shop-dev',
  state: 'success',
  description: 'reconciliation succeeded',
  by: 'flux-dev[bot]',
  ...change,
});

describe('what an engine says of a commit', () => {
  test('passes where its newest word is that it succeeded, however GitHub writes the names', () => {
    expect(reportedHealth([word], [said(), said({ state: 'failure', description: 'health check failed' })])).toBe(
      'Healthy',
    );
    expect(reportedHealth([word], [said({ context: 'Flux/shop-dev', by: 'Flux-Dev[bot]' })])).toBe('Healthy');
  });

  test('fails where it said so before, and says something else now', () => {
    expect(reportedHealth([word], [said({ state: 'failure', description: 'health check failed' }), said()])).toBe(
      'Degraded: flux/shop-dev says "health check failed"',
    );
  });

  test('fails for a success of something else than the whole commit', () => {
    expect(reportedHealth([word], [said({ description: 'health check canceled' })])).toBe(
      'unknown: flux/shop-dev says "health check canceled"',
    );
    expect(reportedHealth([word], [said({ state: 'pending' })])).toBe(
      'unknown: flux/shop-dev says "reconciliation succeeded"',
    );
  });

  test('fails for the word of anybody else, as a token of another cluster could write it', () => {
    expect(reportedHealth([word], [said({ by: 'flux-prod[bot]' })])).toBe(
      'unknown: what is said of flux/shop-dev is by flux-prod[bot], and flux-dev[bot] alone is believed',
    );
    expect(
      reportedHealth([word], [said({ by: 'mallory' }), said({ state: 'failure', description: 'health check failed' })]),
    ).toBe('Degraded: flux/shop-dev says "health check failed"');
  });

  test('fails where nothing is said, of one application among several too', () => {
    expect(reportedHealth([word], [said({ context: 'verify' })])).toBe(
      'unknown: flux-dev[bot] has said nothing of flux/shop-dev yet',
    );
    expect(reportedHealth([word, { ...word, context: 'flux/shop-dev-tools' }], [said()])).toBe(
      'unknown: flux-dev[bot] has said nothing of flux/shop-dev-tools yet',
    );
  });
});
