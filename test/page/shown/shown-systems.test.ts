import { describe, expect, test } from '@jest/globals';
import { pageOfSystem } from './page-of-system.ts';
import { shownSystems } from './shown-systems.ts';

describe.each(Object.entries(shownSystems))('%s, whose page is looked at in a browser', (_, live) => {
  test('lives through its weeks as its program has them, and has a page with a rollback and a hold in it', async () => {
    const page = await pageOfSystem(await live());
    const shown = ['class="event rollback"', 'held: until the audit is over'];

    expect(shown.filter((it) => !page.includes(it))).toEqual([]);
  });
});
