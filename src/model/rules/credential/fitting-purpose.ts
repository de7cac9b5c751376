import type { Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import { listenerOf } from '../../derived/looks/told-look.ts';
import type { Problem } from '../../problem.ts';
import { oneOf } from '../../suggestion.ts';
import { stagePath, triggersIn } from '../place.ts';

type Purpose = Credential['purpose'];

/** A place of the delivery that uses a credential, and the purposes that fit it. */
interface Use {
  readonly path: string;
  readonly credential: string;
  readonly purposes: readonly Purpose[];
}

const proof: readonly Purpose[] = ['triggerAuthentication', 'webhook'];

const usesIn = (delivery: Delivery): readonly Use[] => [
  ...delivery.stages.map((stage) => ({
    path: `${stagePath(stage)}.write.credential`,
    credential: stage.write.credential,
    purposes: ['gitPush'] as const,
  })),
  ...triggersIn(delivery).flatMap(({ path, trigger }) =>
    'authentication' in trigger && trigger.on !== 'upstreamHealthy'
      ? [{ path: `${path}.authentication`, credential: trigger.authentication, purposes: proof }]
      : [],
  ),
  ...delivery.supplies.flatMap(({ name, builder }): readonly Use[] =>
    builder.kind === 'kpack' || builder.kind === 'tekton'
      ? [
          {
            path: `supplies.${name}.builder.pushesWith`,
            credential: builder.pushesWith,
            purposes: ['registryPush'],
          },
          ...(builder.readsWith === undefined
            ? []
            : [
                {
                  path: `supplies.${name}.builder.readsWith`,
                  credential: builder.readsWith,
                  purposes: ['gitRead'] as const,
                },
              ]),
        ]
      : [],
  ),
  ...delivery.supplies.flatMap(({ name, builder }) =>
    builder.kind === 'tekton' && builder.listener.certificate !== undefined
      ? [
          {
            path: `supplies.${name}.builder.listener.certificate`,
            credential: builder.listener.certificate,
            purposes: ['certificate'] as const,
          },
        ]
      : [],
  ),
  ...delivery.stages.flatMap((stage) => {
    const certificate = listenerOf(stage)?.certificate;
    return certificate === undefined
      ? []
      : [
          {
            path: `${stagePath(stage)}.promoter.listener.certificate`,
            credential: certificate,
            purposes: ['certificate'] as const,
          },
        ];
  }),
  ...delivery.supplies.flatMap(({ name, discovery }) =>
    'login' in discovery
      ? [{ path: `supplies.${name}.discovery.login`, credential: discovery.login, purposes: ['registryRead'] as const }]
      : [],
  ),
  ...delivery.supplies.flatMap(({ name, discovery }) =>
    discovery.kind === 'registryWebhook' && discovery.authentication !== undefined
      ? [{ path: `supplies.${name}.discovery.authentication`, credential: discovery.authentication, purposes: proof }]
      : [],
  ),
];

/** A credential is used for what it is for: one that pushes proves no trigger, one that reads pushes nothing. */
export function fittingPurpose(delivery: Delivery): readonly Problem[] {
  const known = new Map(delivery.credentials.map((credential) => [credential.name, credential]));
  return usesIn(delivery).flatMap(({ path, credential, purposes }) => {
    const purpose = known.get(credential)?.purpose;
    return purpose === undefined || purposes.includes(purpose)
      ? []
      : [
          {
            path,
            message: `must be for the purpose ${oneOf(purposes)}, and ${credential} is for another`,
            given: purpose,
          },
        ];
  });
}
