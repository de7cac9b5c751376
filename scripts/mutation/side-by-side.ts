/**
 * Does a piece of work for each item, as many at a time as there are workers, and returns what came of it in the order of the items.
 *
 * @param done - told after each, with all that is known until then
 */
export async function sideBySide<Worker, Item, Result>(
  workers: readonly Worker[],
  items: readonly Item[],
  work: (worker: Worker, item: Item) => Promise<Result>,
  done: (results: readonly (Result | undefined)[]) => void = () => undefined,
): Promise<readonly Result[]> {
  const results: (Result | undefined)[] = items.map(() => undefined);
  const left = [...items.entries()];
  await Promise.all(
    workers.map(async (worker) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        results[next[0]] = await work(worker, next[1]);
        done(results);
      }
    }),
  );
  return results as readonly Result[];
}
