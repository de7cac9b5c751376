import type { RenderedEnvironment } from '../../src/render/rendered-environment.ts';
import { checkEnvironment } from '../../src/review/check-environment.ts';
import { diffTrees } from '../../src/review/diff/diff-trees.ts';
import { SchemaCatalog } from '../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../src/review/schema/schema-files.ts';
import { deliveryOf, renderedBy } from './delivery-of.ts';
import { growthOf, ratioOf, root, seconds } from './ratio.ts';

const catalog = new SchemaCatalog(schemaReader(root));

export function renderingGrowth(count: number): number {
  const [few, many] = [deliveryOf(count / 10), deliveryOf(count)];
  return growthOf(
    () => renderedBy(many.delivery, many.environment),
    () => renderedBy(few.delivery, few.environment),
  );
}

/** What `portolan publish` does beside rendering: every check, schemas and the branch included, and the difference to the branch. */
function reviewOf(count: number): { readonly render: () => unknown; readonly review: () => unknown } {
  const { delivery, environment } = deliveryOf(count);
  const render = (): RenderedEnvironment => renderedBy(delivery, environment);
  const rendered = render();
  const before = rendered.objects.map((item, i) =>
    i % 2 === 0
      ? item
      : { ...item, object: { ...item.object, metadata: { ...item.object.metadata, annotations: { changed: 'yes' } } } },
  );
  const published = before.map(({ object }) => object);
  return {
    render,
    review: () => [
      checkEnvironment({ delivery, environment, rendered, published, catalog }),
      diffTrees(before, rendered.objects),
    ],
  };
}

export function reviewBesideRendering(count: number): number {
  const { render, review } = reviewOf(count);
  return ratioOf(
    () => seconds(review),
    () => seconds(render),
  );
}

export function reviewGrowth(count: number): number {
  const [few, many] = [reviewOf(count / 10), reviewOf(count)];
  return growthOf(many.review, few.review);
}
