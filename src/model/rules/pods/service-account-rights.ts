import type { Delivery } from '../../delivery.ts';
import type { AccountRule } from '../../pods/service-account.ts';
import type { Problem } from '../../problem.ts';
import type { Service } from '../../service.ts';
import { servicesIn } from '../place.ts';

const annotationKey = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
const apiGroup = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/;
const resource = /^[a-z]+(\/[a-z]+)?$/;

function ruleProblems(path: string, { apiGroups, resources, resourceNames, verbs }: AccountRule): readonly Problem[] {
  const some = (field: string, list: readonly string[] | undefined, what: string): readonly Problem[] =>
    list?.length === 0 ? [{ path: `${path}.${field}`, message: `must name at least one ${what}`, given: [] }] : [];
  const readsSecrets = apiGroups.includes('') && resources.includes('secrets');
  const unnamed = verbs.filter((verb) => verb === 'create' || verb === 'deletecollection');
  return [
    ...some('apiGroups', apiGroups, 'API group, e.g. "apps", or "" for the core group'),
    ...some('resources', resources, 'resource, e.g. "configmaps"'),
    ...some('resourceNames', resourceNames, 'object, or be left out'),
    ...some('verbs', verbs, 'verb, e.g. "get"'),
    ...apiGroups
      .filter((it) => !apiGroup.test(it))
      .map((given) => ({
        path: `${path}.apiGroups`,
        message: 'must be API groups, each by its name and none as a wildcard, e.g. "apps", or "" for the core group',
        given,
      })),
    ...resources
      .filter((it) => !resource.test(it))
      .map((given) => ({
        path: `${path}.resources`,
        message: 'must be resources in the plural, each by its name and none as a wildcard, e.g. "configmaps"',
        given,
      })),
    ...(readsSecrets && (resourceNames === undefined || verbs.some((verb) => verb === 'list' || verb === 'watch'))
      ? [
          {
            path: `${path}.${resourceNames === undefined ? 'resourceNames' : 'verbs'}`,
            message:
              resourceNames === undefined
                ? 'must name the Secrets: without, it reads every password of the namespace'
                : 'must not be "list" or "watch" of Secrets, which hand out values; write "get"',
            ...(resourceNames === undefined ? {} : { given: verbs }),
          },
        ]
      : []),
    ...(resourceNames === undefined || unnamed.length === 0
      ? []
      : [
          {
            path: `${path}.verbs`,
            message: 'cannot be limited to names, which Kubernetes does not know then; write a rule of its own for it',
            given: unnamed,
          },
        ]),
  ];
}

/** Whether a service has some token of its account, mounted everywhere or as a file. */
const hasToken = ({ serviceAccount, volumes = [] }: Service): boolean =>
  serviceAccount?.mountToken === true ||
  volumes.some(
    (volume) => volume.kind === 'projected' && volume.sources.some((it) => it.kind === 'serviceAccountToken'),
  );

/** What a service's account may do is exact, is no more than objects of the namespace, and somebody can make use of it. */
export const serviceAccountRights = (delivery: Delivery): readonly Problem[] =>
  servicesIn(delivery).flatMap(({ path, service }) => {
    const { serviceAccount: account } = service;
    if (account === undefined) return [];
    const at = `${path}.serviceAccount`;
    if (account.kind === 'given')
      return /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(account.name)
        ? []
        : [
            {
              path: `${at}.name`,
              message: 'must be the name of a ServiceAccount: lower-case letters, digits, dashes and dots',
              given: account.name,
            },
          ];
    return [
      ...Object.keys(account.annotations ?? {})
        .filter((key) => !annotationKey.test(key))
        .map((given) => ({
          path: `${at}.annotations`,
          message: 'must have keys of annotations, e.g. "eks.amazonaws.com/role-arn"',
          given,
        })),
      ...(account.rules?.length === 0
        ? [{ path: `${at}.rules`, message: 'must hold at least one rule, or be left out', given: [] }]
        : []),
      ...(account.rules ?? []).flatMap((rule, i) => ruleProblems(`${at}.rules[${i}]`, rule)),
      ...((account.rules ?? []).length > 0 && !hasToken(service)
        ? [
            {
              path: `${at}.mountToken`,
              message: 'must be true where there are rules: without a token no container can make use of them',
              given: account.mountToken ?? false,
            },
          ]
        : []),
    ];
  });
