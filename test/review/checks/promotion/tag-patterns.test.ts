import { expect, test } from '@jest/globals';
import { tagPatterns } from '../../../../src/review/checks/promotion/tag-patterns.ts';
import { findings, object } from '../small-objects.ts';

const policy = (pattern?: string) =>
  object('image.toolkit.fluxcd.io/v1beta2', 'ImagePolicy', 'shop', {
    spec: pattern === undefined ? {} : { filterTags: { pattern } },
  });

test('accepts a pattern that covers the whole tag, and none', () => {
  expect(findings(tagPatterns, [policy('^v\\d+$'), policy()])).toEqual([]);
});

test('fails on a pattern that may be in the middle of a tag', () => {
  expect(findings(tagPatterns, [policy('[a-f0-9]+-(?P<ts>[0-9]+)')])).toEqual([
    'ImagePolicy/shop spec.filterTags.pattern: picks every tag that holds the pattern somewhere; write "^[a-f0-9]+-(?P<ts>[0-9]+)$", got "[a-f0-9]+-(?P<ts>[0-9]+)"',
  ]);
});
