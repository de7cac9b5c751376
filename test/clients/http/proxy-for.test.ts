import { describe, expect, test } from '@jest/globals';
import { proxyFor } from '../../../src/clients/http/proxy-for.ts';

const proxy = 'http://proxy.acme.example:3128';

describe('the proxy of an address', () => {
  test.each([
    ['https://api.github.com/user', { HTTPS_PROXY: proxy }, proxy],
    ['https://api.github.com/user', { https_proxy: proxy, HTTPS_PROXY: 'http://other:1' }, proxy],
    ['https://api.github.com/user', { HTTPS_PROXY: 'proxy.acme.example:3128' }, proxy],
    ['https://api.github.com/user', { HTTP_PROXY: proxy }, undefined],
    ['http://registry.acme.example/v2/', { HTTP_PROXY: proxy }, proxy],
    ['http://registry.acme.example/v2/', { HTTPS_PROXY: proxy }, undefined],
    ['https://api.github.com/user', { HTTPS_PROXY: '', https_proxy: undefined }, undefined],
    ['https://api.github.com/user', {}, undefined],
  ])('of %s is by protocol, with %j', (address, variables, expected) => {
    expect(proxyFor(address, variables)).toBe(expected);
  });

  test.each([
    ['*', 'https://git.acme.example/', undefined],
    ['acme.example', 'https://acme.example/', undefined],
    ['acme.example', 'https://git.acme.example/', undefined],
    ['.acme.example', 'https://git.acme.example/', undefined],
    ['*.acme.example', 'https://git.acme.example/', undefined],
    ['ACME.example', 'https://git.acme.EXAMPLE/', undefined],
    ['acme.example', 'https://notacme.example/', proxy],
    ['localhost, acme.example', 'https://acme.example/', undefined],
    ['acme.example:8443', 'https://acme.example:8443/', undefined],
    ['acme.example:8443', 'https://acme.example/', proxy],
    ['acme.example:443', 'https://acme.example/', undefined],
    ['10.0.0.0/8', 'https://10.1.2.3/', undefined],
    ['10.0.0.0/8', 'https://11.1.2.3/', proxy],
    ['10.0.0.0/99', 'https://10.1.2.3/', proxy],
    ['10.1.2.3/32', 'https://10.1.2.3/', undefined],
    ['10.1.2.3/32', 'https://10.1.2.4/', proxy],
    ['10.1.2.3/33', 'https://10.1.2.3/', proxy],
    ['0.0.0.0/0', 'https://10.1.2.3/', undefined],
    ['10.0.0.0/-1', 'https://10.1.2.3/', proxy],
    ['10.0.0.0/1.5', 'https://10.1.2.3/', proxy],
    ['10.0.0.0/many', 'https://10.1.2.3/', proxy],
    ['10.0.0.0/8', 'https://acme.example/', proxy],
    ['acme.example/8', 'https://acme.example/', proxy],
    ['fd00::1/128', 'https://[fd00::1]/', undefined],
    ['fd00::1/129', 'https://[fd00::1]/', proxy],
    ['::/0', 'https://[fd00::1]/', undefined],
    ['::/0', 'https://10.1.2.3/', proxy],
    ['[::1]:5000', 'https://[::1]:5000/', undefined],
    ['[::1]:5000', 'https://[::1]/', proxy],
    ['1.2.3', 'https://10.1.2.3/', proxy],
    ['acme.example:80', 'http://acme.example/', undefined],
    ['acme.example:443', 'http://acme.example/', 'http://plain.acme.example:3128'],
    ['127.0.0.1', 'https://127.0.0.1:5000/', undefined],
    ['::1', 'https://[::1]:5000/', undefined],
    ['fd00::/8', 'https://[fd00::1]/', undefined],
    ['', 'https://acme.example/', proxy],
    ['github.com', 'https://acme.example/', proxy],
  ])('with NO_PROXY=%s is left out for what it means: %s', (noProxy, address, expected) => {
    const variables = { HTTPS_PROXY: proxy, HTTP_PROXY: 'http://plain.acme.example:3128', NO_PROXY: noProxy };

    expect(proxyFor(address, variables)).toBe(expected);
  });
});
