import { everyEngine } from '../../src/engines/engines.ts';
import { contract } from '../support/contract.ts';
import { enginePromises, type Face } from './engine-promises.ts';
import { setUpPromises } from './set-up-promises.ts';
import { madeUp } from './made-up/made-up.ts';

contract<Face>('an engine', { faces: everyEngine, madeUp, promises: [...enginePromises, ...setUpPromises] });
