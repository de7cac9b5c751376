import { expect } from '@jest/globals';
import { promised } from '../support/contract.ts';
import { binding, environment, followed, madeBy, plain, readerIn, type Face } from './engine-promises.ts';
import { madeUp } from './made-up/made-up.ts';

/** What every engine promises of itself while an environment is set up in its cluster. */
export const setUpPromises = promised<Face>(
  {
    sentence: 'reads in what it made where it lies, what follows, and the address that it reads',
    keep: (engine) => {
      expect(engine.setUp.rendered(madeBy(engine))).toMatchObject({
        namespace: engine.namespaceOf(environment),
        applications: followed.map((each) => engine.watches(binding, each.application).name),
        repository: engine.repositoryAddress(environment, binding.opsRepository),
      });
      expect(engine.setUp.rendered([plain])).toBeUndefined();
    },
    broken: { ...madeUp, setUp: { ...madeUp.setUp, rendered: () => undefined } },
  },
  {
    sentence: 'says how a cluster without it gets it, with a line for this cluster and its namespace',
    keep: ({ setUp }) => {
      expect(setUp.lacking('platform-cd', 'kubectl --context test')).toMatch(
        /^has no .* in .*platform-cd.*; .*kubectl --context test /,
      );
      expect(setUp.serves.kinds.length).toBeGreaterThan(0);
    },
    broken: { ...madeUp, setUp: { ...madeUp.setUp, lacking: () => 'has no Made Up' } },
  },
  {
    sentence: 'keeps what it made as it is where nothing is in use',
    keep: (engine) => {
      const bootstrap = madeBy(engine);
      const limits = engine.setUp.rendered(bootstrap)?.limits ?? '';

      expect(engine.setUp.keepInUse(bootstrap, limits, [])).toEqual({ objects: bootstrap, kinds: [] });
    },
    broken: { ...madeUp, setUp: { ...madeUp.setUp, keepInUse: () => ({ objects: [], kinds: [] }) } },
  },
  {
    sentence: 'writes each field of its key always, so that nobody is asked for it, or gives way to one that is given',
    keep: (engine) => {
      const credential = readerIn(engine.namespaceOf(environment), engine);
      const fieldsOf = (given: readonly string[]): readonly string[] => {
        const keys = [...credential.store.keys, ...given];
        const secret = engine.repositorySecret(binding, { ...credential, store: { ...credential.store, keys } });
        return Object.keys({ ...secret?.fields, ...secret?.limits }).sort();
      };

      expect(fieldsOf(fieldsOf([]))).toEqual([...engine.setUp.writtenKeys].sort());
    },
    broken: { ...madeUp, setUp: { ...madeUp.setUp, writtenKeys: [] } },
  },
);
