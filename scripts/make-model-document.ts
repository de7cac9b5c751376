import { writeFileSync } from 'node:fs';
import { everySystem } from '../test/model/five-systems/every-system.ts';
import { modelDocument } from './model-document.ts';
import { modelWords } from './model-words.ts';

writeFileSync('docs/model.md', modelDocument(modelWords({ deliveries: everySystem() })));
