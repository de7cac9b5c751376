import { isRunToken } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { stagePath } from '../place.ts';

/** What a write says of its token is true: a push with GITHUB_TOKEN starts no workflow, every other push does. */
export const trueToken = (delivery: Delivery): readonly Problem[] =>
  delivery.stages.flatMap((stage) => {
    const { write } = stage;
    const credential = delivery.credentials.find(({ name }) => name === write.credential);
    if (credential === undefined || write.startsWorkflows === !isRunToken(credential)) return [];
    const path = `${stagePath(stage)}.write.startsWorkflows`;
    return write.startsWorkflows
      ? [
          {
            path,
            message: `must be false, because a push with GITHUB_TOKEN starts no workflow, or push with another credential than ${credential.name}`,
            given: true,
          },
        ]
      : [
          {
            path,
            message: `must be true, because only a push with GITHUB_TOKEN starts no workflow, and ${credential.name} is something else`,
            given: false,
          },
        ];
  });
