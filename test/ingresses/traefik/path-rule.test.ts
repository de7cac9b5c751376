import { describe, expect, test } from '@jest/globals';
import { pathRule, priorityOf } from '../../../src/ingresses/traefik/path-rule.ts';
import fc from '../../support/properties.ts';

/** What Traefik would answer for rules of Host, Path and PathPrefix. */
function takes(rule: string, host: string, path: string): boolean {
  const [, wantedHost, rest = rule] = /^Host\(`([^`]*)`\) && (.*)$/.exec(rule) ?? [];
  if (wantedHost !== undefined && wantedHost !== host) return false;
  return [...rest.matchAll(/(Path|PathPrefix)\(`([^`]*)`\)/g)].some(([, kind, wanted = '']) =>
    kind === 'Path' ? path === wanted : path.startsWith(wanted),
  );
}

const segment = fc.stringMatching(/^[a-z]{1,3}$/);
const anyPath = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => `/${segments.join('/')}`);

describe('pathRule', () => {
  test('ends a prefix at a path boundary', () => {
    const rule = pathRule({ path: '/dev' });

    expect(rule).toBe('Path(`/dev`) || PathPrefix(`/dev/`)');
    expect(['/dev', '/dev/', '/dev/x'].map((path) => takes(rule, 'any', path))).toEqual([true, true, true]);
    expect(['/device', '/de', '/'].map((path) => takes(rule, 'any', path))).toEqual([false, false, false]);
  });

  test('takes everything at the root', () => {
    expect(pathRule({ path: '/' })).toBe('PathPrefix(`/`)');
  });

  test('takes one path alone when asked', () => {
    expect(pathRule({ path: '/dev/api', exact: true })).toBe('Path(`/dev/api`)');
  });

  test('binds a host to all of a rule', () => {
    expect(pathRule({ path: '/', hosts: ['a.example'] })).toBe('Host(`a.example`) && PathPrefix(`/`)');
    expect(pathRule({ path: '/dev', hosts: ['a.example'] })).toBe(
      'Host(`a.example`) && (Path(`/dev`) || PathPrefix(`/dev/`))',
    );
  });

  test('takes any of several hosts', () => {
    expect(pathRule({ path: '/', hosts: ['a.example', 'b.example'] })).toBe(
      '(Host(`a.example`) || Host(`b.example`)) && PathPrefix(`/`)',
    );
  });
});

describe('priorityOf', () => {
  test('is what Traefik gives the plain rule of the same path', () => {
    expect(priorityOf({ path: '/dev' })).toBe('PathPrefix(`/dev`)'.length);
  });

  test('lets the longer of two paths win that take the same request', () => {
    fc.assert(
      fc.property(anyPath, anyPath, (path, below) => {
        expect(priorityOf({ path: path + below })).toBeGreaterThan(priorityOf({ path }));
        expect(priorityOf({ path, exact: true })).toBeGreaterThan(priorityOf({ path }));
        expect(priorityOf({ path, hosts: ['a.example'] })).toBeGreaterThan(priorityOf({ path: path + below }));
      }),
    );
  });
});
