import type { Delivery } from '../../delivery.ts';
import { cronProblem } from '../../formats/cron.ts';
import { oneOf } from '../../suggestion.ts';
import { containerOf } from '../../pods/job-pods.ts';
import type { Problem } from '../../problem.ts';
import type { ServiceJob, JobTime } from '../../service.ts';
import { servicesIn, type ServicePlace } from '../place.ts';

const whole = (path: string, given: number | undefined, least: number): readonly Problem[] =>
  given === undefined || (Number.isInteger(given) && given >= least)
    ? []
    : [{ path, message: `must be a whole number, ${least} or more`, given }];

/** Whether a clock has such a place; Kubernetes refuses `Local`, because it is another one on each machine. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && /^[A-Z]/.test(name);
  } catch {
    return false;
  }
}

function timeProblems(path: string, when: JobTime): readonly Problem[] {
  if (when.kind === 'beforeRelease') return [];
  const { cron, timeZone, startingDeadlineSeconds, successfulHistory, failedHistory } = when;
  const message = cronProblem(cron);
  return [
    ...(message === undefined ? [] : [{ path: `${path}.cron`, message, given: cron }]),
    ...(timeZone === undefined || isTimeZone(timeZone)
      ? []
      : [
          {
            path: `${path}.timeZone`,
            message: 'must be the name of a time zone, e.g. "Europe/Berlin"',
            given: timeZone,
          },
        ]),
    ...whole(`${path}.startingDeadlineSeconds`, startingDeadlineSeconds, 10),
    ...whole(`${path}.successfulHistory`, successfulHistory, 0),
    ...whole(`${path}.failedHistory`, failedHistory, 0),
  ];
}

function problemsOfJob({ path, service }: ServicePlace, job: ServiceJob): readonly Problem[] {
  const at = `${path}.jobs.${job.name}`;
  const container = containerOf(service, job);
  if (container === undefined)
    return [
      {
        path: `${at}.container`,
        message: `must name a container of the service; write ${oneOf(service.containers.map(({ name }) => name))}`,
        given: job.container,
      },
    ];
  const { command, args, env = {} } = job;
  const inherited = Object.entries(container.env ?? {}).filter(([name]) => !(name in env));
  return [
    ...(command === undefined && args === undefined
      ? [{ path: at, message: 'must say a command or args: what the service runs never ends' }]
      : []),
    ...inherited.flatMap(([name, value]): readonly Problem[] =>
      typeof value !== 'string' && value.kind === 'resource' && value.container !== undefined
        ? [
            {
              path: `${at}.env.${name}`,
              message:
                'is taken from the service and asks for an amount of a container that the job has not; write it here',
              given: value.container,
            },
          ]
        : [],
    ),
    ...whole(`${at}.deadlineSeconds`, job.deadlineSeconds, 1),
    ...whole(`${at}.retries`, job.retries, 0),
    ...timeProblems(`${at}.when`, job.when),
  ];
}

/** A job is a container of its service with something to do that ends, and it is known when it runs. */
export const jobs = (delivery: Delivery): readonly Problem[] =>
  servicesIn(delivery).flatMap((place) => (place.service.jobs ?? []).flatMap((job) => problemsOfJob(place, job)));
