import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { stagePath } from '../place.ts';

/** A write's commit has a subject that can be filled in, and an author that Git accepts. */
export const writeText = ({ stages }: Delivery): readonly Problem[] =>
  stages.flatMap((stage) => {
    const { message, author } = stage.write;
    const path = `${stagePath(stage)}.write`;
    const problems: Problem[] = [];
    if (message.trim() === '' || message.includes('\n'))
      problems.push({ path: `${path}.message`, message: 'must be one line of text', given: message });
    for (const [placeholder] of message.matchAll(/\{[^}]*\}/g)) {
      if (placeholder !== '{version}' && placeholder !== '{environment}')
        problems.push({
          path: `${path}.message`,
          message: 'fills in {version} and {environment} alone',
          given: placeholder,
        });
    }
    if (/^\s*$|[<>\n]/.test(author.name))
      problems.push({
        path: `${path}.author.name`,
        message: 'must be a name on one line, without < and >',
        given: author.name,
      });
    if (!/^[^\s@<>]+@[^\s@<>]+$/.test(author.email))
      problems.push({ path: `${path}.author.email`, message: 'must be an e-mail address', given: author.email });
    return problems;
  });
