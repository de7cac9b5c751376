import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { pageOf } from '../../src/page/page-of.ts';
import { page, state, unit } from './made-up-page.ts';

const script = 'document.title;';
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const evil = '<img src=x onerror=alert(1)>"\'&</script>';
const several = page(
  ['front', 'back'].map((name) =>
    unit('dev', [state('publish', '2026-01-05T10:00:00Z', 'v1'), state('promote', '2026-01-06T10:00:00Z', 'v2')], name),
  ),
);

describe('the page', () => {
  test('lets nothing be carried out but its own style and script, and asks for nothing', () => {
    const html = pageOf(several, script);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#x27;', "'");
    const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text = '']) => hashOf(text));

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${hashOf(script)};`);
    expect(policy).toContain(`style-src ${styles.join(' ')};`);
    expect(styles).toHaveLength(2);
    expect(html).not.toMatch(/\bstyle="|\bon[a-z]+="|<(?:link|iframe|object|base)\b|\bsrc=/);
  });

  test('is the same bytes for the same state', () => {
    expect(pageOf(several, script)).toBe(
      pageOf({ ...several, environments: structuredClone(several.environments) }, script),
    );
  });

  test('shows what comes from a repository as text, wherever it stands', () => {
    const hostile = unit('dev', [
      state('promote', '2026-01-06T10:00:00Z', evil, {
        from: evil,
        by: evil,
        run: `javascript:${evil}`,
        pullRequest: 'javascript:alert(1)',
        emergency: evil,
        holds: [evil],
      }),
    ]);
    const published = {
      ...hostile.status.published!,
      emergency: evil,
      holds: [{ kind: 'manual' as const, reason: evil, by: evil, since: '2026-01-06T10:00:00Z' }],
      edits: [{ path: evil, what: 'changed' as const, by: { author: evil, commit: evil } }],
      strays: [evil],
    };
    const html = pageOf(
      page([{ ...hostile, gate: evil, status: { ...hostile.status, published } as never }], {
        title: evil,
        repository: evil,
      }),
      script,
    );

    // What stands between quotes ends at the next one, and can be no element.
    const markup = html.replaceAll(/"[^"]*"/g, '');
    expect(markup).not.toContain('<img');
    expect(markup.match(/<\/script>/g)).toHaveLength(1);
    expect(html).not.toMatch(/href="javascript:/i);
    expect(html).toContain('&#x3C;img src=x');
  });

  test('lets somebody choose one of several applications, without a script', () => {
    const html = pageOf(several, '');

    expect(html).toContain('id="only-a0"');
    expect(html).toContain(':root:has(#only-a1:checked) .app:not(.a1){display:none}');
    expect(pageOf(page([unit('dev', [])]), '')).not.toContain('only-all');
  });

  test('says what is not known, and what is not there yet', () => {
    const html = pageOf(
      page([unit('dev', [state('publish', '2026-01-05T10:00:00Z', 'v1')]), unit('prod', [])]),
      script,
    );

    expect(html).toContain('not known: no source commit of these releases is in a repository that is at hand');
    expect(html).toContain('nothing is published yet');
    expect(html).toContain('Nothing came here yet.');
  });

  test('says what a release was built from, where it is not called after that: today, and of each state', () => {
    const [source, before] = ['c'.repeat(40), 'd'.repeat(40)] as const;
    const moved = unit('dev', [
      state('moved', '2026-01-05T10:00:00Z', '1.0.0', { sources: [before] }),
      state('moved', '2026-01-06T10:00:00Z', '1.1.0', { sources: [source] }),
      state('promote', '2026-01-07T10:00:00Z', source.slice(0, 12), { sources: [source] }),
    ]);
    const published = { ...moved.status.published!, source };
    const html = pageOf(page([{ ...moved, status: { ...moved.status, published } }]), script);

    expect(html).toContain(`<code title="${source}">cccccccccccc</code>`);
    expect([...html.matchAll(/<td>(built from \w+)<\/td>/g)].map(([, said]) => said)).toEqual([
      'built from cccccccccccc',
      'built from dddddddddddd',
    ]);
  });

  test('links a commit where it has an address, and leaves older changes to the command', () => {
    const many = unit(
      'dev',
      Array.from({ length: 205 }, (_, i) => state('promote', new Date(Date.UTC(2026, 0, 1, i)).toISOString(), `v${i}`)),
    );
    const html = pageOf(page([many], { commitAddress: (commit) => `https://git.example/commit/${commit}` }), script);

    expect(html).toContain(`<a href="https://git.example/commit/${many.states[0]?.commit}" rel="noreferrer">`);
    expect(html).toContain('5 older changes are left out; npx portolan history dev has them.');
  });
});
