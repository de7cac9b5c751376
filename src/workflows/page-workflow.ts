import { pagesEnvironment, reviewEnvironment } from '../model/derived/actions-environments.ts';
import { managedOpsRepository } from '../model/derived/managed-repositories.ts';
import type { Unit } from '../model/derived/units.ts';
import type { Delivery, KeptPage } from '../model/delivery.ts';
import { fullNameOf } from '../model/formats/repository-address.ts';
import { actions } from '../hosts/workflow/actions.ts';
import { credentialIn } from '../hosts/workflow/credential-in.ts';
import { appToken, checkout, installProgram, programRepository, tokenOf } from '../hosts/workflow/steps.ts';
import { expression, type Job, type Step, type Workflow } from '../hosts/workflow/workflow.ts';

/** Where the page is drawn, below the program. */
const folder = 'shown';

/** Workflow of a unit's branch that draws the page of what runs where, whenever the branch moves; none where the delivery keeps none. */
export function pageWorkflows(delivery: Delivery, unit: Unit): readonly Workflow[] {
  const { page } = delivery;
  if (page === undefined) return [];
  return [
    {
      file: 'draw-page',
      name: 'Draw the page',
      comment: `Draws what runs where, whenever ${unit.branch} moves. Written by portolan. Do not edit.`,
      on: { push: { branches: [unit.branch] } },
      // The last of those that wait draws what the others would have drawn.
      oneAtATime: 'portolan-page',
      jobs: { draw: draw(delivery, unit, page), ...(page.keptIn === 'run' ? {} : { show }) },
    },
  ];
}

function draw(delivery: Delivery, unit: Unit, page: KeptPage): Job {
  const ops = managedOpsRepository(delivery, unit.environment);
  const program = programRepository(delivery);
  const credential = credentialIn(delivery, ops, 'gitRead', reviewEnvironment);
  return {
    name: 'Draw what runs where',
    environment: reviewEnvironment,
    permissions: { contents: 'read', 'pull-requests': 'read' },
    timeoutMinutes: 15,
    steps: [
      appToken('token', credential, [program], { contents: 'read' }),
      checkout('Check out the program with its history', {
        repository: fullNameOf(program),
        path: 'program',
        token: tokenOf('token'),
      }),
      ...installProgram('program'),
      {
        name: 'Draw the page',
        workingDirectory: 'program',
        env: { OPS_REPOSITORY: ops.url, GITHUB_TOKEN: expression('github.token') },
        run: `npx --no-install portolan page --ops "$OPS_REPOSITORY" --no-cluster --output ${folder}/index.html`,
      },
      kept(page),
    ],
  };
}

const kept = ({ keptIn }: KeptPage): Step =>
  keptIn === 'run'
    ? {
        name: 'Keep it with this run',
        uses: actions.uploadArtifact,
        with: {
          path: `program/${folder}/index.html`,
          archive: false,
          'if-no-files-found': 'error',
          'retention-days': 90,
        },
      }
    : { name: 'Hand it to GitHub Pages', uses: actions.uploadPages, with: { path: `program/${folder}` } };

const show: Job = {
  name: 'Show it on GitHub Pages',
  needs: ['draw'],
  environment: pagesEnvironment,
  permissions: { pages: 'write', 'id-token': 'write' },
  timeoutMinutes: 10,
  steps: [{ name: 'Show what was drawn', uses: actions.deployPages }],
};
