import { describe, expect, test } from '@jest/globals';
import { listTags } from '../../../src/ops/registry/list-tags.ts';

const page = (tags: readonly string[] | string, link?: string): Response =>
  new Response(typeof tags === 'string' ? tags : JSON.stringify({ name: 'acme/orders', tags }), {
    headers: link === undefined ? {} : { link },
  });

/** Asks among pages by their query, and remembers what it was asked. */
function pages(found: Readonly<Record<string, () => Response>>) {
  const asked: string[] = [];
  const ask = async (query: string): Promise<Response> => {
    asked.push(query);
    return Promise.resolve((found[query] ?? (() => page([])))());
  };
  return { ask, asked };
}

describe('the tags of a repository', () => {
  test('are asked for at the same repository, wherever a link leads', async () => {
    const { ask, asked } = pages({
      '?n=1000': () => page(['a'], '<https://elsewhere.example/v2/other/tags/list?last=a&n=1>; rel="next"'),
      '?last=a&n=1': () => page(['b'], '</v2/acme/orders/tags/list?last=b>; rel=next'),
      '?last=b': () => page(['c'], '</v2/acme/orders/tags/list?last=a>; rel="prev"'),
    });

    expect(await listTags('acme/orders', ask)).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual(['?n=1000', '?last=a&n=1', '?last=b']);
  });

  test('go on after a full page without a link, until a page brings nothing new', async () => {
    const full = Array.from({ length: 1000 }, (_, i) => `t${String(i).padStart(4, '0')}`);
    const { ask, asked } = pages({ '?n=1000': () => page(full), '?n=1000&last=t0999': () => page(full) });

    expect(await listTags('acme/orders', ask)).toHaveLength(1000);
    expect(asked).toEqual(['?n=1000', '?n=1000&last=t0999']);
  });

  test('fails for pages that come round again', async () => {
    const { ask } = pages({ '?n=1000': () => page(['a'], '<?n=1000>; rel="next"') });

    await expect(listTags('acme/orders', ask)).rejects.toThrow(
      'portolan: acme/orders: its registry names one page of tags as the next of itself; tell its operator',
    );
  });

  test('fails for an answer that is no list', async () => {
    const { ask } = pages({ '?n=1000': () => page('<html>') });

    await expect(listTags('acme/orders', ask)).rejects.toThrow(
      'acme/orders: its registry answered something else than a list of tags; check the network and its proxy',
    );
  });
});
