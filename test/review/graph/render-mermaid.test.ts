import { describe, expect, test } from '@jest/globals';
import { graphOf } from '../../../src/review/graph/graph-of.ts';
import { renderMermaid } from '../../../src/review/graph/render-mermaid.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

describe('a graph as Mermaid', () => {
  test('has environments as boxes, and courses between them', () => {
    expect(renderMermaid(graphOf(validDelivery()))).toBe(`flowchart LR
  n0[["images<br>shop<br>built by GitHub Actions<br>orders, payments"]]
  subgraph n1 ["dev: 4f2a9c1d7be0"]
    direction TB
    n2(["any host"])
    n3["orders<br>2 replicas"]
    n4["payments<br>1 replica"]
    n5[("orders-db<br>PostgreSQL 18.1<br>100Mi")]
    n6[("uploads<br>1Gi, one node")]
    n2 -->|"/dev"| n3
    n3 -->|"postgresql"| n5
    n3 -->|"http"| n4
    n3 --- n6
    n2 -->|"/dev/payments"| n4
  end
  subgraph n7 ["prod: v1.0.0"]
    direction TB
    n8(["any host"])
    n9["orders<br>2 replicas"]
    n10["payments<br>1 replica"]
    n11(["internet :443<br>the bank"])
    n12[("orders-db<br>PostgreSQL 18.1<br>100Mi")]
    n13[("backup<br>dump 0 2 #42; #42; #42;<br>drill 0 4 #42; #42; 0<br>7 days, 1Gi")]
    n14[("uploads<br>1Gi, one node")]
    n8 -->|"/prod"| n9
    n9 -->|"postgresql"| n12
    n9 -->|"http"| n10
    n9 --- n14
    n8 -->|"/prod/payments"| n10
    n10 -.-> n11
    n12 -.-> n13
  end
  n0 ==>|"on a push to main"| n1
  n1 ==>|"on a tag v#42;<br>after a pull request with 1 approval by releasers and the check verify"| n7
`);
  });

  test('writes out what Mermaid or a browser would read as its own', () => {
    const text = renderMermaid({
      title: '',
      sources: [],
      courses: [],
      harbours: [{ id: 'h', name: 'a"]|<b>`c`#1\n%%{x}', place: '', nodes: [], edges: [] }],
    });

    expect(text).toContain('subgraph n0 ["a#34;#93;#124;#60;b#62;#96;c#96;#35;1 #37;#37;#123;x#125;"]\n');
  });
});
