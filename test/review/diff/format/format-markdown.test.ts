import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import { diffTrees } from '../../../../src/review/diff/diff-trees.ts';
import { formatMarkdown } from '../../../../src/review/diff/format/format-markdown.ts';
import { codeBlock, codeSpan, htmlCode } from '../../../../src/review/diff/format/markdown-code.ts';
import { ordersConfig, shop, treeOf, withValue } from '../shop-objects.ts';
import { changedShop } from './changed-shop.ts';

const wholeComment = `### \`dev\`: 6 objects: 1 re-created, 1 removed, 3 changed, 1 created

**Risk**: data at stake (1), traffic at stake (4), security loosened (1), CPU requests 0.3 → 0.9, memory requests 448Mi → 1216Mi

**Data at stake**
- \`StatefulSet/dev-orders-db must be re-created: governing Service dev-orders-db-svc → dev-db\`

**Traffic at stake**
- \`StatefulSet/dev-orders-db all its pods stop before new ones start: image 18.1 → 18.2\`
- \`NetworkPolicy/dev-orders-db is removed\`
- \`IngressRoute/dev-shop route shop.example.com/api/…: priority 10 added, route shop.example.com/api/… → Service dev-orders-svc → dev-api-svc\`
- \`Deployment/dev-orders readiness probe path /healthz → /ready\`

**Security loosened**
- \`NetworkPolicy/dev-orders-db no longer limits traffic of app=orders-db\`

**Capacity moved**
- CPU requests 0.3 → 0.9
- memory requests 448Mi → 1216Mi

**Pods that restart**
- \`orders-db (StatefulSet/dev-orders-db): 1 pod: image 18.1 → 18.2\`
- \`orders (Deployment/dev-orders): 8 pods, some at a time: config dev-orders-config changed, image v1.2 → v1.3, readiness probe path /healthz → /ready, time to stop 60 s added\`

<details><summary>⚠️ <code>StatefulSet/dev-orders-db: must be re-created</code> <code>orders-db: governing Service dev-orders-db-svc → dev-db (cannot change in place)</code> and 1 more</summary>

- \`the sync fails until it is deleted by hand, its pods and claims can stay: kubectl delete statefulset.apps dev-orders-db -n dev --cascade=orphan\`
- \`orders-db: governing Service dev-orders-db-svc → dev-db (cannot change in place)\`
- \`orders-db: image 18.1 → 18.2\`

</details>

<details><summary>➖ <code>NetworkPolicy/dev-orders-db: removed</code></summary>

- \`pruned by Argo CD\`

</details>

<details><summary>✏️ <code>ConfigMap/dev-orders-config</code> <code>dev-orders-config: server.conf: 1 line changed</code></summary>

- \`dev-orders-config: server.conf: 1 line changed\`

\`\`\`diff
 port: 8080
-workers: 2
+workers: 4
 timeout: 30
\`\`\`

</details>

<details><summary>✏️ <code>IngressRoute/dev-shop</code> <code>dev-shop: route shop.example.com/api/…: priority 10 added</code> and 1 more</summary>

- \`dev-shop: route shop.example.com/api/…: priority 10 added\`
- \`dev-shop: route shop.example.com/api/… → Service dev-orders-svc → dev-api-svc\`

</details>

<details><summary>✏️ <code>Deployment/dev-orders</code> <code>orders: 2 → 8 replicas</code> and 4 more</summary>

- \`orders: 2 → 8 replicas\`
- \`orders: config dev-orders-config changed\`
- \`orders: image v1.2 → v1.3\`
- \`orders: readiness probe path /healthz → /ready\`
- \`orders: time to stop 60 s added\`

</details>

<details><summary>➕ <code>Service/dev-api-svc: created</code></summary>

- \`port 80\`

</details>

`;

const configs = (count: number, text: string): readonly KubernetesObject[] =>
  Array.from({ length: count }, (_, i) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `config-${i}` },
    data: Object.fromEntries(Array.from({ length: 20 }, (__, key) => [`key-${key}`, `${text} of ${i}`])),
  }));

describe('a diff in a pull request', () => {
  test('says the risk first, and every object collapsed', () => {
    expect(formatMarkdown(diffTrees(treeOf(...shop), treeOf(...changedShop)), { title: 'dev' })).toBe(wholeComment);
  });

  test('is one line where nothing differs', () => {
    expect(formatMarkdown(diffTrees(treeOf(...shop), treeOf(...shop)), { title: 'dev' })).toBe(
      '`dev`: no manifest changes\n',
    );
  });

  test('stays within what GitHub takes, and says what it left out', () => {
    const text = formatMarkdown(diffTrees(treeOf(...configs(2000, 'old')), treeOf(...configs(2000, 'new'))));

    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text.length).toBeGreaterThan(64_000);
    expect(text.trimEnd().split('\n').at(-1)).toMatch(
      /^\*\*Left out because a comment cannot hold more\*\*: the fields of \d+ objects?; \d+ objects, the first of them `ConfigMap\/config-\d+`\. `portolan diff` shows everything\.$/,
    );
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  test('cuts one huge object short before it leaves out others', () => {
    const huge = (text: string): KubernetesObject => ({
      ...ordersConfig,
      data: Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`key-${i}`, text])),
    });

    const text = formatMarkdown(
      diffTrees(treeOf(huge('a'), ...configs(3, 'old')), treeOf(huge('b'), ...configs(3, 'new'))),
    );

    expect(text).toMatch(/- and \d+ more fields, left out here\n\n<\/details>/);
    expect(text.match(/<details>/g)).toHaveLength(4);
  });

  test('does not mention people, close issues or break out of code', () => {
    const after = withValue(ordersConfig, ['data'], {
      'a`b': '@acme/team closes #1',
      '<b>': '```\n</details><script>\n```',
      ENVIRONMENT: '`` ` ``',
    });

    expect(formatMarkdown(diffTrees(treeOf(ordersConfig), treeOf(after)))).toContain(
      '- ``dev-orders-config: a`b "@acme/team closes #1" added``\n',
    );
  });
});

describe('code', () => {
  test.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a``b`', '``` a``b` ```'],
    ['', '`(empty)`'],
    ['a\nb', '`a⏎b`'],
    ['\u001b[31m\u202e', '`\\u001b[31m\\u202e`'],
  ])('%j in a line', (text, code) => {
    expect(codeSpan(text)).toBe(code);
  });

  test('in a block has a fence that nothing in it closes', () => {
    expect(codeBlock('diff', ['+````', ' x'])).toBe('`````diff\n+````\n x\n`````');
  });

  test('in HTML is no HTML', () => {
    expect(htmlCode(`<a href="x">'&'</a>`)).toBe('<code>&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;</code>');
  });
});
