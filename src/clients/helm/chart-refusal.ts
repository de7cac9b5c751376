/** A chart that says something else than its place in the delivery, or says it otherwise each time. */
export class ChartRefusal extends Error {
  override readonly name = 'ChartRefusal';

  /** @param at - what of the chart's place in the delivery is wrong @default - its artifact */
  constructor(
    message: string,
    readonly at: 'artifact' | 'values' | 'renderedBy' = 'artifact',
  ) {
    super(message);
  }
}
