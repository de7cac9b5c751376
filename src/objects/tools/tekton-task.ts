/** Version of the API of Tekton's pipelines and tasks. */
export const tektonApi = 'tekton.dev/v1';

/** What lets nothing of a step be more than it is. */
export const unprivilegedAs = (user: number) =>
  ({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    seccompProfile: { type: 'RuntimeDefault' },
  }) as const;

/**
 * A variable of a step: what a webhook sends is read from one and never stands in the text of a script. Tekton keeps no empty value, which is what a variable without
 * one has.
 */
export const variable = (name: string, value: string): { readonly name: string; readonly value?: string } => ({
  name,
  ...(value === '' ? {} : { value }),
});
