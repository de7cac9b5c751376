import type { Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { credentialsIn } from '../place.ts';
import { checkName, namesOf } from '../reference/known-names.ts';

const subdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** The name is part of a pod's annotation, `portolan/credential.<name>`, where Kubernetes leaves it this much. */
const credentialName = /^(?=.{1,52}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const actionsKey = /^(GITHUB_TOKEN|(?!GITHUB_)[A-Za-z_]\w*)$/;
const secretKey = /^[-._a-zA-Z0-9]{1,253}$/;

function storeProblems(
  path: string,
  { store }: Credential,
  delivery: Delivery,
  inEnvironment: boolean,
): readonly Problem[] {
  const at = `${path}.store`;
  const problems: Problem[] = [];
  if (store.keys.length === 0) problems.push({ path: `${at}.keys`, message: 'must name at least one key', given: [] });
  const [pattern, must] =
    store.kind === 'kubernetes'
      ? ([secretKey, 'must be letters, digits, dots, dashes and underscores'] as const)
      : ([actionsKey, 'must be letters, digits and underscores, and must not begin with a digit or GITHUB_'] as const);
  for (const key of store.keys)
    if (!pattern.test(key)) problems.push({ path: `${at}.keys`, message: must, given: key });
  if (store.kind === 'githubActions')
    return [
      ...problems,
      ...checkName(`${at}.repository`, 'repository', store.repository, namesOf(delivery.repositories)),
    ];
  if (!subdomain.test(store.secretName))
    problems.push({
      path: `${at}.secretName`,
      message: 'must be lower-case letters, digits, dashes and dots',
      given: store.secretName,
    });
  if (!inEnvironment && store.namespace === undefined)
    problems.push({
      path: `${at}.namespace`,
      message: 'must be said for a credential of the delivery, which has no namespace of its own',
    });
  return problems;
}

/** Every credential is a complete reference: where it is, under which keys, which generation. */
export const credentialShape = (delivery: Delivery): readonly Problem[] =>
  credentialsIn(delivery).flatMap(({ path, credential, environment }) => {
    const { generation } = credential;
    return [
      ...(credentialName.test(credential.name)
        ? []
        : [
            {
              path: `${path}.name`,
              message: 'must be at most 52 lower-case letters, digits and dashes',
              given: credential.name,
            },
          ]),
      ...storeProblems(path, credential, delivery, environment !== undefined),
      ...(generation === undefined || (Number.isInteger(generation) && generation >= 1)
        ? []
        : [{ path: `${path}.generation`, message: 'must be a whole number, 1 or more', given: generation }]),
    ];
  });
