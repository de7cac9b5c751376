import { describe, expect, test } from '@jest/globals';
import { diffTrees } from '../../../../src/review/diff/diff-trees.ts';
import { formatText } from '../../../../src/review/diff/format/format-text.ts';
import { ordersConfig, shop, treeOf, withValue } from '../shop-objects.ts';
import { changedShop } from './changed-shop.ts';

const diff = diffTrees(treeOf(...shop), treeOf(...changedShop));

describe('a diff on a terminal', () => {
  test('says the risk first, then what restarts, then every object', () => {
    expect(formatText(diff, { title: 'dev', colour: false, width: 100 }))
      .toBe(`dev: 6 objects: 1 re-created, 1 removed, 3 changed, 1 created
risk: data at stake (1), traffic at stake (4), security loosened (1), CPU requests 0.3 → 0.9, memory
  requests 448Mi → 1216Mi
  data at stake
    StatefulSet/dev-orders-db must be re-created: governing Service dev-orders-db-svc → dev-db
  traffic at stake
    StatefulSet/dev-orders-db all its pods stop before new ones start: image 18.1 → 18.2
    NetworkPolicy/dev-orders-db is removed
    IngressRoute/dev-shop route shop.example.com/api/…: priority 10 added, route
      shop.example.com/api/… → Service dev-orders-svc → dev-api-svc
    Deployment/dev-orders readiness probe path /healthz → /ready
  security loosened
    NetworkPolicy/dev-orders-db no longer limits traffic of app=orders-db
pods that restart
  orders-db (StatefulSet/dev-orders-db): 1 pod: image 18.1 → 18.2
  orders (Deployment/dev-orders): 8 pods, some at a time: config dev-orders-config changed, image
    v1.2 → v1.3, readiness probe path /healthz → /ready, time to stop 60 s added

! StatefulSet/dev-orders-db: must be re-created
    the sync fails until it is deleted by hand, its pods and claims can stay:
      kubectl delete statefulset.apps dev-orders-db -n dev --cascade=orphan
    orders-db: governing Service dev-orders-db-svc → dev-db (cannot change in place)
    orders-db: image 18.1 → 18.2

- NetworkPolicy/dev-orders-db: removed
    pruned by Argo CD

~ ConfigMap/dev-orders-config
    dev-orders-config: server.conf: 1 line changed
        port: 8080
      - workers: 2
      + workers: 4
        timeout: 30

~ IngressRoute/dev-shop
    dev-shop: route shop.example.com/api/…: priority 10 added
    dev-shop: route shop.example.com/api/… → Service dev-orders-svc → dev-api-svc

~ Deployment/dev-orders
    orders: 2 → 8 replicas
    orders: config dev-orders-config changed
    orders: image v1.2 → v1.3
    orders: readiness probe path /healthz → /ready
    orders: time to stop 60 s added

+ Service/dev-api-svc: created
    port 80
`);
  });

  test('is one line where nothing differs', () => {
    expect(formatText(diffTrees(treeOf(...shop), treeOf(...shop)), { title: 'dev', colour: true })).toBe(
      'dev: no manifest changes\n',
    );
    expect(formatText(diffTrees([], []))).toBe('no manifest changes\n');
  });

  test('has colours where they are asked for', () => {
    const text = formatText(diffTrees(treeOf(ordersConfig), []), { colour: true });

    expect(text).toContain('\u001b[31m- ConfigMap/dev-orders-config: removed\u001b[39m');
  });

  test('cuts values to the width, and shows what a terminal would act upon', () => {
    const after = withValue(ordersConfig, ['metadata', 'finalizers'], [`\u001b[2J${'x'.repeat(500)}`]);

    const lines = formatText(diffTrees(treeOf(ordersConfig), treeOf(after)), { colour: false, width: 60 }).split('\n');

    expect(lines.at(-2)).toMatch(/^ {4}metadata\.finalizers\[.*\\u001b\[2Jx+…/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test('shows at most twenty lines of a text', () => {
    const text = (word: string) =>
      withValue(ordersConfig, ['data', 'server.conf'], Array.from({ length: 30 }, (_, i) => `${word} ${i}`).join('\n'));

    const lines = formatText(diffTrees(treeOf(text('a')), treeOf(text('b'))), { colour: false }).split('\n');

    expect(lines.filter((line) => /^ {6}[-+] /.test(line))).toHaveLength(20);
    expect(lines.at(-2)).toBe('      … 40 more lines');
  });
});
