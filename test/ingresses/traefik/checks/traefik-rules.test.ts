import { expect, test } from '@jest/globals';
import { traefikRules } from '../../../../src/ingresses/traefik/checks/traefik-rules.ts';
import { findings, object, type Fields } from '../../../review/checks/small-objects.ts';

const said = (match: string, route: Fields = {}) =>
  findings(traefikRules, [
    object('traefik.io/v1alpha1', 'IngressRoute', 'dev-shop', {
      spec: { routes: [{ match, kind: 'Rule', ...route }] },
    }),
  ]);

test('accepts the rules of version 3, and those of version 2 where the route says so', () => {
  for (const match of [
    'Host(`shop.example.com`) && PathPrefix(`/api`)',
    '(Host(`a.example`) || Host(`b.example`)) && !Path("/admin")',
    'HostRegexp(`^[a-z]{2,3}\\.example\\.com$`) && PathRegexp(`^/orders/[0-9]+$`)',
    'Header(`X-Canary`, `yes`) && Query(`debug`) && Query(`a`, `b`) && Method(`GET`)',
  ])
    expect([match, said(match)]).toEqual([match, []]);
  expect(said('Host(`a.example`, `b.example`)', { syntax: 'v2' })).toEqual([]);
});

test('fails on what only version 2 understands, because the route would be dropped', () => {
  for (const [match, message] of [
    [
      'Host(`a.example`, `b.example`)',
      'Host takes one value in Traefik 3; write Host(`a.example`) || Host(`b.example`)',
    ],
    [
      'HostRegexp(`{sub:[a-z]+}.example.com`)',
      'Traefik 3 has no placeholders in braces; write a plain regular expression',
    ],
    [
      'PathPrefix(`/orders/{id:[0-9]+}`)',
      'Traefik 3 has no placeholders in braces; write PathRegexp with a regular expression',
    ],
    ['Headers(`X-Canary`, `yes`)', 'Traefik 3 calls Headers Header; write Header'],
    ['HeadersRegexp(`X-Canary`, `y.*`)', 'Traefik 3 calls HeadersRegexp HeaderRegexp; write HeaderRegexp'],
    ['Query(`debug=1`)', 'Query takes name and value apart in Traefik 3; write Query(`name`, `value`)'],
    ['Header(`X-Canary`)', 'Header takes 2 values in Traefik 3'],
  ] as const)
    expect(said(match)).toEqual([`IngressRoute/dev-shop spec.routes[0].match: ${message}, got "${match}"`]);
  expect(said('PathStrip(`/api`)')[0]).toContain('Traefik 3 knows no matcher PathStrip; write one of ALPN, ClientIP');
});
