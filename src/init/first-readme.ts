import type { Answers } from './answers.ts';

/** The first page of a new repository. */
export function firstReadme({ name, environments, pulumi, follower }: Answers): string {
  const [first = ''] = environments;
  return `# ${name}-delivery

How ${name} is delivered: \`project.ts\` says it, [Portolan](https://github.com/portolan-delivery/portolan) renders it as plain Kubernetes YAML
into an ops repository, one branch per environment, and ${follower.title} makes the clusters equal to the branches.

\`\`\`
npm install
npm start
\`\`\`

\`npm start\` checks everything and publishes to \`.portolan/ops.git\`, on this machine alone. Look at what it made with
\`git --git-dir .portolan/ops.git show env/${first}:README.md\`.

| I want to … | command |
|---|---|
| see what a change would do | \`npx portolan diff\` |
| run every rule and check, the compiler, and the tests | \`npm test\` |
| render to files | \`npx portolan synth\`, or \`npx cdk8s synth\`; from a folder below, \`npm run cdk8s -- synth\` |
| bring a build into ${first} | \`npx portolan promote ${first} --image web=REPOSITORY:TAG --source ../${name}\` |
| bring the workflows up to date | \`npx portolan workflows --write\` |
${pulumi ? '| make repositories, protections, secrets, namespaces | `pulumi up --stack platform`, then one stack for each environment |\n' : ''}| know everything else | \`npx portolan --help\` |

Before the first real release, \`project.ts\` needs the commit of an image that is in the registry: \`firstCommit\`.
`;
}
