import { describe, expect, test } from '@jest/globals';
import { pageOf } from '../../src/page/page-of.ts';
import type { Review } from '../../src/page/review/review.ts';
import { yamlSides } from '../../src/page/review/yaml-sides.ts';
import { diffTrees } from '../../src/review/diff/diff-trees.ts';
import type { TreeObject } from '../../src/review/diff/tree-object.ts';
import { toHtml } from 'hast-util-to-html';
import { page, unit } from './made-up-page.ts';

const evil = '<img src=x onerror=alert(1)>\u001b[31m\u202e"</script>';

const configMap = (name: string, data: Readonly<Record<string, string>>): TreeObject => ({
  object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'dev' }, data },
  path: `manifests/shop/configmap.${name}.yaml`,
});

const account: TreeObject = {
  object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'new', namespace: 'dev' } },
};

/** A review of two trees of one environment. */
function review(before: readonly TreeObject[], after: readonly TreeObject[], rest: Partial<Review> = {}): Review {
  const diff = diffTrees(before, after);
  return {
    title: 'main..HEAD of the program',
    environments: [{ name: 'dev', diff, texts: diff.objects.map(() => ({ before: 'a: 1\n', after: 'a: 2\n' })) }],
    ...rest,
  };
}

const shown = (...reviews: readonly Review[]): string => pageOf(page([unit('dev', [])], { reviews }), '');

describe('what is reviewed on the page', () => {
  test('comes first, with its risk, and every object folded', () => {
    const html = shown(
      review(
        [configMap('kept', { LEVEL: 'INFO' }), configMap('gone', { A: '1' })],
        [configMap('kept', { LEVEL: 'WARN' }), account],
      ),
    );

    expect(html).toContain('<li><a href="#review">Review</a></li><li><a href="#now">Now</a></li>');
    expect(html.indexOf('id="review"')).toBeLessThan(html.indexOf('id="now"'));
    expect(html).toContain('dev: 3 objects: 1 removed, 1 changed, 1 created');
    expect(html).toContain('<strong>Risk: </strong>');
    expect(html).toContain('ConfigMap/gone: removed');
    expect(html).toMatch(
      /<details class="object"><summary>.*?changed<\/span> <code>ConfigMap\/kept<\/code>.*?LEVEL INFO → WARN/,
    );
    expect(html).not.toContain('<details class="object" open');
  });

  test('is no part of a page that has nothing to review', () => {
    expect(shown()).not.toContain('review-title');
  });

  test('says that nothing changes where nothing does', () => {
    expect(shown(review([], [], { environments: [] }))).toContain('Nothing changes in any environment.');
  });

  test('shows what comes from a repository as text, and writes out what would act', () => {
    const html = shown(
      review(
        [configMap('kept', { [evil]: 'a', text: 'one\ntwo' })],
        [configMap('kept', { [evil]: evil, text: `one\n${evil}` })],
        {
          title: evil,
          address: 'javascript:alert(1)',
          picture: '<svg><style>.b{fill:blue}</style></svg>',
        },
      ),
    );

    expect(html.replaceAll(/="[^"]*"/g, '')).not.toContain('<img');
    expect(html).not.toMatch(/href="javascript:/i);
    expect(html).not.toContain('\u001b');
    expect(html).not.toContain('\u202e');
    expect(html).toContain('\\u001b[31m\\u202e');
  });

  test('lets the browser take the style of each picture, and names no style twice', () => {
    const html = shown(
      ...['one', 'two'].map((title) => review([], [], { title, picture: '<svg><style>.b{fill:blue}</style></svg>' })),
    );
    const policy = /style-src ([^;]*);/.exec(html.replaceAll('&#x27;', "'"))?.[1]?.split(' ') ?? [];

    expect(policy).toHaveLength(3);
    expect(new Set(policy).size).toBe(3);
  });

  test('leaves out what nobody could open, and says how much', () => {
    const many = (value: string): readonly TreeObject[] =>
      Array.from({ length: 1003 }, (_, i) => configMap(`c${String(i).padStart(4, '0')}`, { VALUE: value }));
    const html = shown(review(many('a'), many('b')));

    expect(html.match(/<details class="object">/g)).toHaveLength(1000);
    expect(html.match(/class="sides"/g)).toHaveLength(200);
    expect(html).toContain('3 more objects are left out; <code>npx portolan diff</code> has them.');
  });
});

describe('an object side by side', () => {
  const sides = (before: string | undefined, after: string | undefined): string =>
    toHtml(yamlSides({ ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }));
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from + 1 }, (_, i) => `l${from + i}`).join('\n');

  test('has what goes beside what comes', () => {
    expect(sides('a\nb\nc\n', 'a\nB\nc\n')).toContain(
      '<div class="row"><span>a</span><span>a</span></div><div class="row"><del>b</del><ins>B</ins></div><div class="row"><span>c</span><span>c</span></div></div></div>',
    );
  });

  test('leaves a side empty where more lines come than go, or fewer', () => {
    expect(sides('a\nb', 'a\nB\nC')).toContain('<div class="row"><span class="none"></span><ins>C</ins></div>');
    expect(sides('a\nb\nc', 'a\nB')).toContain('<div class="row"><del>c</del><span class="none"></span></div>');
  });

  test('folds what is far from a change, and says how many lines', () => {
    const html = sides(lines(1, 20), lines(1, 20).replace('l10', 'new'));

    expect(html).toContain('<details><summary>6 lines as they are</summary><div class="row"><span>l1</span>');
    expect(html).toContain('<details><summary>7 lines as they are</summary><div class="row"><span>l14</span>');
    expect(html).toMatch(/<div><div class="row"><span>l7<\/span>/);
  });

  test('folds one line as one line', () => {
    expect(sides(lines(1, 5), `${lines(1, 4)}\nnew`)).toContain('<summary>1 line as it is</summary>');
  });

  test('has one side where an object is new, or goes', () => {
    expect(sides(undefined, 'a: 1\n')).toBe('<pre tabindex="0" class="come">a: 1\n</pre>');
    expect(sides('a: 1\n', undefined)).toBe('<pre tabindex="0" class="gone">a: 1\n</pre>');
  });
});
