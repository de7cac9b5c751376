/** The lines that bring `bootstrap/` of an environment into its cluster: with Pulumi, and without. */
export const bootstrapLines = (context: string, environment: string): string =>
  `pulumi up --stack ${environment}\n` +
  `npx portolan synth --environment ${environment} --output dist && kubectl --context ${context} apply -f dist/${environment}/bootstrap/`;
