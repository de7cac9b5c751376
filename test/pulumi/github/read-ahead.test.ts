import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readAhead } from '../../../src/pulumi/github/read-ahead.ts';

let server: Server;
let asked: string[];
let answer: { readonly status: number; readonly body: unknown };

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

describe('whether something was published', () => {
  test.each([
    [{ status: 200, body: { ahead_by: 3 } }, true],
    [{ status: 200, body: { ahead_by: 0 } }, false],
    [{ status: 404, body: { message: 'Not Found' } }, false],
  ])('is told by what a branch has beyond its start: %j', async (given, published) => {
    answer = given;
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const question = { owner: 'acme', repository: 'shop-ops', branch: 'env/dev', from: 'main', baseUrl };

    expect(await readAhead(question, 'a-token', { retries: 0 })).toBe(published);
    expect(asked).toEqual(['/api/v3/repos/acme/shop-ops/compare/main...env/dev?per_page=1']);
  });
});
