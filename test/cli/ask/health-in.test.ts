import { describe, expect, test } from '@jest/globals';
import { healthAt } from '../../../src/cli/ask/health-in.ts';
import type { LiveApplication } from '../../../src/engines/live-application.ts';

const application = (name: string, change: Partial<LiveApplication> = {}): LiveApplication => ({
  name,
  sync: 'Synced',
  health: 'Healthy',
  revision: 'a'.repeat(40),
  ailments: [],
  ...change,
});

describe('the health of a commit', () => {
  test('is the worst of its Applications', () => {
    expect(healthAt([application('shop'), application('blog')], 'a'.repeat(40))).toBe('Healthy');
    expect(healthAt([application('shop'), application('blog', { health: 'Degraded' })], 'a'.repeat(40))).toBe(
      'Degraded',
    );
  });

  test('fails to be known while a cluster in reach runs another commit, or none yet', () => {
    expect(healthAt([application('shop'), application('blog', { revision: 'b'.repeat(40) })], 'a'.repeat(40))).toBe(
      'unknown: blog is at bbbbbbbbbbbb, not at aaaaaaaaaaaa',
    );
    // What is Healthy then is what ran before.
    expect(healthAt([application('shop'), application('blog', { sync: 'OutOfSync' })], 'a'.repeat(40))).toBe(
      'unknown: blog is OutOfSync',
    );
    expect(healthAt([application('shop', { operation: 'Running' })], 'a'.repeat(40))).toBe(
      'unknown: shop is Synced, its operation Running',
    );
    const { revision: _, ...fresh } = application('shop');
    expect(healthAt([fresh], 'a'.repeat(40))).toBe('unknown: shop is at no commit yet, not at aaaaaaaaaaaa');
  });
});
