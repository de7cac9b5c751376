import { describe, expect, test } from '@jest/globals';
import type { KeptPage } from '../../../../src/model/delivery.ts';
import { keptPage } from '../../../../src/model/rules/write/kept-page.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

const kept = (page: KeptPage, management?: 'external'): readonly string[] => {
  const delivery = validDelivery();
  return told(keptPage, {
    ...delivery,
    page,
    repositories: delivery.repositories.map((repository) =>
      repository.holds.includes('ops') && management !== undefined ? { ...repository, management } : repository,
    ),
  });
};

describe('a page that is kept', () => {
  test('passes where nobody keeps one, with a run, and where its readers are said', () => {
    expect(told(keptPage, validDelivery())).toEqual([]);
    expect(kept({ keptIn: 'run' })).toEqual([]);
    expect(kept({ keptIn: 'run' }, 'external')).toEqual([]);
    expect(kept({ keptIn: 'gitHubPages', readers: 'everyone' })).toEqual([]);
    expect(kept({ keptIn: 'gitHubPages', readers: 'repository' })).toEqual([]);
  });

  test('fails where nobody said who reads it, and where a run would not ask', () => {
    expect(kept({ keptIn: 'gitHubPages' })).toEqual([
      "page.readers: GitHub shows pages to everyone, those of a private repository too; write readers: 'everyone', or 'repository' on GitHub Enterprise Cloud",
    ]);
    expect(kept({ keptIn: 'run', readers: 'everyone' })).toEqual([
      'page.readers: a run shows it to who may read the ops repository; leave readers out, or write keptIn: \'gitHubPages\', got "everyone"',
    ]);
  });

  test('fails where the branches of an external repository would need a way in', () => {
    expect(kept({ keptIn: 'gitHubPages', readers: 'everyone' }, 'external')).toEqual([
      'page.keptIn: nobody here lets the branches of an external ops repository into its GitHub Pages; write keptIn: \'run\', got "gitHubPages"',
    ]);
  });
});
