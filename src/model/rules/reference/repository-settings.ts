import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';

const address = /^https?:\/\/[^\s/@?#]+(?:\/[^\s/@?#]+)+$/;

/** A repository has the address that people and Argo CD read it under, without a password in it, and approvals that GitHub can ask for. */
export const repositorySettings = ({ repositories }: Delivery): readonly Problem[] =>
  repositories.flatMap(({ name, url, protection }) => {
    const path = `repositories.${name}`;
    const problems: Problem[] = [];
    if (!address.test(url))
      problems.push({
        path: `${path}.url`,
        message: 'must be an https address without a name or password in it, e.g. "https://github.com/acme/shop.git"',
        // What stands before an @ may be a password.
        ...(url.includes('@') ? {} : { given: url }),
      });
    if (protection !== undefined && !(Number.isInteger(protection.approvals) && inRange(protection.approvals)))
      problems.push({
        path: `${path}.protection.approvals`,
        message: 'must be a whole number from 0 to 6',
        given: protection.approvals,
      });
    return problems;
  });

const inRange = (approvals: number): boolean => approvals >= 0 && approvals <= 6;
