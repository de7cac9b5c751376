import { adds, container, database, dev, orders, payments, prod, shop, writes, type Mistake } from './make-mistake.ts';

/** Values of the right kind that can never work. */
export const impossibleValues: readonly Mistake[] = [
  [
    `${orders}.name`,
    writes('Orders'),
    `${shop}.services.Orders: the name of a Deployment must be lower-case letters, digits and dashes, got "dev-Orders"`,
  ],
  [
    `${orders}.name`,
    writes('orders_api'),
    `${shop}.services.orders_api: the name of a Deployment must be lower-case letters, digits and dashes, got "dev-orders_api"`,
  ],
  [
    `${orders}.name`,
    writes(''),
    `${shop}.services.: the name of a Deployment must be lower-case letters, digits and dashes, got "dev-"`,
  ],
  [
    `${orders}.name`,
    writes('o'.repeat(70)),
    `${shop}.services.oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo: the name of a Deployment may have 63 characters and has 74; shorten it, got "dev-oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo"`,
  ],
  [`${orders}.replicas`, writes(-1), `${orders}.replicas: must be a whole number, 0 or more, got -1`],
  [`${orders}.replicas`, writes(1.5), `${orders}.replicas: must be a whole number, 0 or more, got 1.5`],
  [
    `${orders}.replicas`,
    writes(2e9),
    `${dev}.cluster.capacity.cpu: is less than dev and prod request, 100000000.35; lower requests or replicas, or give an environment another cluster, got "4"`,
  ],
  [
    `${orders}.autoscaling`,
    writes({ min: 5, max: 2, cpuPercent: 80 }),
    `${orders}.replicas: is overruled by autoscaling; write one of the two, got 2`,
  ],
  [
    `${orders}.autoscaling`,
    writes({ min: 1, max: 3, cpuPercent: 0 }),
    `${orders}.replicas: is overruled by autoscaling; write one of the two, got 2`,
  ],
  [`${container}.ports.http.port`, writes(0), `${container}.ports.http: must be a whole number from 1 to 65535, got 0`],
  [
    `${container}.ports.http.port`,
    writes(70000),
    `${container}.ports.http: must be a whole number from 1 to 65535, got 70000`,
  ],
  [
    `${container}.ports.http.port`,
    writes(80.5),
    `${container}.ports.http: must be a whole number from 1 to 65535, got 80.5`,
  ],
  [
    `${container}.ports.http.name`,
    writes('HTTP'),
    `${container}.readiness.action.port: there is no port of this container of this name; write "HTTP", got "http"`,
  ],
  [
    `${container}.ports.http.name`,
    writes('a-very-long-port-name'),
    `${container}.readiness.action.port: there is no port of this container of this name; write "a-very-long-port-name", got "http"`,
  ],
  [
    `${container}.ports`,
    adds({ name: 'http', port: 9090 }),
    `${container}.ports: holds this name twice; give each its own, got "http"`,
  ],
  [
    `${orders}.ports`,
    adds({ name: 'http', port: 81 }),
    `${orders}.ports: holds this name twice; give each its own, got "http"`,
  ],
  [
    `${shop}.services`,
    adds({ name: 'orders', containers: [] }),
    `${shop}.services and databases: holds this name twice; give each its own, got "orders"`,
  ],
  [
    `${container}.mounts`,
    adds({ volume: 'uploads', path: '/var/uploads' }),
    `${container}.mounts: holds this name twice; give each its own, got "/var/uploads"`,
  ],
  [
    `${container}.resources.requests.memory`,
    writes('256MB'),
    `${container}.resources.requests.memory: must be a Kubernetes quantity, e.g. "256Mi", got "256MB"`,
  ],
  [
    `${container}.resources.requests.memory`,
    writes('64MiB'),
    `${container}.resources.requests.memory: must be a Kubernetes quantity, e.g. "256Mi", got "64MiB"`,
  ],
  [
    `${container}.resources.requests.memory`,
    writes('lots'),
    `${container}.resources.requests.memory: must be a Kubernetes quantity, e.g. "256Mi", got "lots"`,
  ],
  [
    `${container}.resources.requests.memory`,
    writes(''),
    `${container}.resources.requests.memory: must be a Kubernetes quantity, e.g. "256Mi", got ""`,
  ],
  [
    `${container}.resources.requests.memory`,
    writes('1gi'),
    `${container}.resources.requests.memory: must be a Kubernetes quantity, e.g. "256Mi", got "1gi"`,
  ],
  [
    `${container}.resources.requests.cpu`,
    writes('2 cores'),
    `${container}.resources.requests.cpu: must be a Kubernetes quantity, e.g. "250m", got "2 cores"`,
  ],
  [
    `${container}.resources.requests.cpu`,
    writes('100M'),
    `${container}.resources.requests.cpu: is more CPUs than a node has; write "100m" for thousandths, got "100M"`,
  ],
  [
    `${container}.resources.requests.cpu`,
    writes('-1'),
    `${container}.resources.requests.cpu: must be a Kubernetes quantity, e.g. "250m", got "-1"`,
  ],
  [
    `${container}.resources.limits`,
    writes({ cpu: '10m', memory: '128Mi' }),
    `${container}.resources.limits.cpu: must not be below the request of 50m, got "10m"`,
  ],
  [
    `${container}.resources.limits`,
    writes({ memory: '1Mi' }),
    `${container}.resources.limits.memory: must not be below the request of 64Mi, got "1Mi"`,
  ],
  [
    `${container}.image`,
    writes('nginx'),
    `${container}.image: must name a tag or a digest, e.g. "nginx:1.29.3", got "nginx"`,
  ],
  [
    `${container}.image`,
    writes('nginx:latest'),
    `${container}.image: must not be latest, which is another image tomorrow; name a version, e.g. "nginx:1.29.3", got "nginx:latest"`,
  ],
  [
    `${container}.image`,
    writes('Nginx:1.2'),
    `${container}.image: must be an image reference, e.g. "nginx:1.29.3", got "Nginx:1.2"`,
  ],
  [
    `${container}.image`,
    writes('nginx:'),
    `${container}.image: must be an image reference, e.g. "nginx:1.29.3", got "nginx:"`,
  ],
  [
    `${container}.image`,
    writes(':1.2'),
    `${container}.image: must be an image reference, e.g. "nginx:1.29.3", got ":1.2"`,
  ],
  [
    `${container}.image`,
    writes('acme/orders:1 .2'),
    `${container}.image: must be an image reference, e.g. "nginx:1.29.3", got "acme/orders:1 .2"`,
  ],
  [`${container}.image`, writes(''), `${container}.image: must be an image reference, e.g. "nginx:1.29.3", got ""`],
  [
    `${container}.readiness.action.path`,
    writes('healthz'),
    `${container}.readiness.action.path: must begin with a slash and hold no spaces, e.g. "/healthz", got "healthz"`,
  ],
  [
    `${container}.readiness.action.path`,
    writes(''),
    `${container}.readiness.action.path: must begin with a slash and hold no spaces, e.g. "/healthz", got ""`,
  ],
  [
    `${container}.readiness.action.path`,
    writes('/a b'),
    `${container}.readiness.action.path: must begin with a slash and hold no spaces, e.g. "/healthz", got "/a b"`,
  ],
  [
    `${container}.readiness.timeoutSeconds`,
    writes(0),
    `${container}.readiness.timeoutSeconds: must be a whole number, 1 or more, got 0`,
  ],
  [
    `${container}.readiness.timeoutSeconds`,
    writes(-1),
    `${container}.readiness.timeoutSeconds: must be a whole number, 1 or more, got -1`,
  ],
  [
    `${container}.readiness.timeoutSeconds`,
    writes(2.5),
    `${container}.readiness.timeoutSeconds: must be a whole number, 1 or more, got 2.5`,
  ],
  [
    `${container}.readiness.periodSeconds`,
    writes(0),
    `${container}.readiness.periodSeconds: must be a whole number, 1 or more, got 0`,
  ],
  [
    `${container}.readiness.periodSeconds`,
    writes(1.5),
    `${container}.readiness.periodSeconds: must be a whole number, 1 or more, got 1.5`,
  ],
  [
    `${container}.readiness.action.port`,
    writes(0),
    `${container}.readiness.action.port: must be a whole number from 1 to 65535, got 0`,
  ],
  [
    `${container}.readiness.action.port`,
    writes('HTTP'),
    `${container}.readiness.action.port: there is no port of this container of this name; write "http", got "HTTP"`,
  ],
  [
    `${container}.mounts[0].path`,
    writes('var/uploads'),
    `${container}.mounts[0].path: must be an absolute path without a slash at its end, got "var/uploads"`,
  ],
  [
    `${container}.mounts[0].path`,
    writes(''),
    `${container}.mounts[0].path: must be an absolute path without a slash at its end, got ""`,
  ],
  [
    `${container}.env.A-B C`,
    writes('x'),
    `${container}.env: the name of an environment variable must be letters, digits, dashes, dots and underscores, and not begin with a digit, got "A-B C"`,
  ],
  [
    `${container}.env.=`,
    writes('x'),
    `${container}.env: the name of an environment variable must be letters, digits, dashes, dots and underscores, and not begin with a digit, got "="`,
  ],
  [
    `${orders}.configs.orders-config.data.a key`,
    writes('x'),
    `${orders}.configs.orders-config: the key of a config must be at most 253 letters, digits, dashes, dots and underscores, got "a key"`,
  ],
  [
    `${orders}.routes[0].path`,
    writes('api'),
    `${orders}.routes[0].path: must begin with a slash and not end with one, e.g. "/api", got "api"`,
  ],
  [
    `${orders}.routes[0].path`,
    writes('/api/'),
    `${orders}.routes[0].path: must begin with a slash and not end with one, e.g. "/api", got "/api/"`,
  ],
  [
    `${orders}.routes[0].path`,
    writes('/a b'),
    `${orders}.routes[0].path: must begin with a slash and not end with one, e.g. "/api", got "/a b"`,
  ],
  [
    `${payments}.routes[0].path`,
    writes('/'),
    `${payments}.routes[0]: answers the same requests as environments.dev.applications.shop.services.orders.routes[0]; give each its own host or path, got "/dev"`,
  ],
  [
    `${orders}.terminationGraceSeconds`,
    writes(-1),
    `${orders}.terminationGraceSeconds: must be a whole number, 0 or more, got -1`,
  ],
  [
    `${orders}.terminationGraceSeconds`,
    writes(1.5),
    `${orders}.terminationGraceSeconds: must be a whole number, 0 or more, got 1.5`,
  ],
  [
    `${orders}.progressDeadlineSeconds`,
    writes(0),
    `${orders}.progressDeadlineSeconds: must be a whole number, 1 or more, got 0`,
  ],
  [
    `${orders}.progressDeadlineSeconds`,
    writes(-5),
    `${orders}.progressDeadlineSeconds: must be a whole number, 1 or more, got -5`,
  ],
  [
    `${orders}.strategy`,
    writes('RollingUpdate'),
    `${orders}.strategy: must be "Recreate", because only one generation of pods may hold the claim uploads, got "RollingUpdate"`,
  ],
  [
    `${orders}.maxUnavailable`,
    writes('50'),
    `${orders}.maxUnavailable: must be a whole number or a percentage, e.g. 1 or "25%", got "50"`,
  ],
  [
    `${orders}.maxUnavailable`,
    writes(-1),
    `${orders}.maxUnavailable: must be a whole number or a percentage, e.g. 1 or "25%", got -1`,
  ],
  [
    `${orders}.maxUnavailable`,
    writes('150%'),
    `${orders}.maxUnavailable: must be a whole number or a percentage, e.g. 1 or "25%", got "150%"`,
  ],
  [
    `${orders}.runAs`,
    writes({ user: -1, group: 1 }),
    `${orders}.runAs.user: must be a whole number, 0 or more, got -1`,
  ],
  [
    `${orders}.runAs`,
    writes({ user: 0, group: 0 }),
    `${orders}.runAs.user: root is more than Pod Security "restricted" allows; leave it out, or write podSecurity: { level: "baseline", reason: "…" } of the service, got 0`,
  ],
  [
    `${orders}.runAs`,
    writes({ user: 1.5, group: 1 }),
    `${orders}.runAs.user: must be a whole number, 0 or more, got 1.5`,
  ],
  [
    `${orders}.selector`,
    writes({ app: 'payments' }),
    `${orders}.selector: selects the pods of environments.dev.applications.shop.services.payments too; give them different labels, or namespaces, got "app=payments"`,
  ],
  [
    `${orders}.selector`,
    writes({ 'a b': 'x' }),
    `${orders}.selector: the key of a label must be at most 63 letters, digits, dashes, dots and underscores, got "a b"`,
  ],
  [
    `${orders}.selector`,
    writes({}),
    `${orders}.selector: must hold at least one label, else it selects every pod, got ""`,
  ],
  [
    `${shop}.claims.uploads.size`,
    writes('1GB'),
    `${shop}.claims.uploads.size: must be a Kubernetes quantity, e.g. "1Gi", above zero, got "1GB"`,
  ],
  [
    `${shop}.claims.uploads.size`,
    writes('1gi'),
    `${shop}.claims.uploads.size: must be a Kubernetes quantity, e.g. "1Gi", above zero, got "1gi"`,
  ],
  [
    `${shop}.claims.uploads.size`,
    writes('big'),
    `${shop}.claims.uploads.size: must be a Kubernetes quantity, e.g. "1Gi", above zero, got "big"`,
  ],
  [
    `${shop}.claims.uploads.local.path`,
    writes('data'),
    `${shop}.claims.uploads.local.path: must be an absolute path without a slash at its end, got "data"`,
  ],
  [
    `${dev}.name`,
    writes('Dev'),
    'stages.dev.environment: there is no environment of this name; write "Dev", or "dev" where "Dev" is declared: 1 other place names it so, too, got "dev"',
  ],
  [`${dev}.name`, writes('prod'), 'environments: holds this name twice; give each its own, got "prod"'],
  [
    `${dev}.namespace`,
    writes('prod'),
    `${prod}.namespace: is that of dev too, on the same cluster; give each environment its own, got "prod"`,
  ],
  [
    `${dev}.namespace`,
    writes('Dev'),
    `${dev}.namespace: the name of a Namespace must be lower-case letters, digits and dashes, got "Dev"`,
  ],
  [
    `${dev}.namespace`,
    writes('kube-system'),
    `${dev}.namespace: belongs to the cluster itself; choose another name, got "kube-system"`,
  ],
  [
    `${dev}.namePrefix`,
    writes('dev'),
    `${dev}.namePrefix: must be empty, or lower-case letters, digits and dashes with a dash at the end, got "dev"`,
  ],
  [
    `${dev}.namePrefix`,
    writes('prod-'),
    `${prod}.namePrefix: is that of dev too, on the same cluster; give each environment its own, got "prod-"`,
  ],
  [
    `${dev}.namePrefix`,
    writes('Dev-'),
    `${dev}.namePrefix: must be empty, or lower-case letters, digits and dashes with a dash at the end, got "Dev-"`,
  ],
  [
    `${dev}.pathPrefix`,
    writes('dev'),
    `${dev}.pathPrefix: must begin with a slash and not end with one, e.g. "/dev"; leave it out for the root, got "dev"`,
  ],
  [
    `${dev}.pathPrefix`,
    writes('/prod'),
    `${prod}.pathPrefix: is that of dev too, on the same cluster; give each environment its own, got "/prod"`,
  ],
  [
    `${dev}.pathPrefix`,
    writes('/dev/'),
    `${dev}.pathPrefix: must begin with a slash and not end with one, e.g. "/dev"; leave it out for the root, got "/dev/"`,
  ],
  [
    `${dev}.host`,
    writes('https://shop.example.com'),
    `${dev}.host: must be a host name in lower case, e.g. shop.example.com, got "https://shop.example.com"`,
  ],
  [
    `${dev}.host`,
    writes('shop example'),
    `${dev}.host: must be a host name in lower case, e.g. shop.example.com, got "shop example"`,
  ],
  [
    `${dev}.cluster.kubernetes`,
    writes({ oldest: '1.36', newest: '1.30' }),
    `${dev}.cluster.kubernetes.oldest: must not be newer than 1.30, got "1.36"`,
  ],
  [
    `${dev}.cluster.capacity`,
    writes({ cpu: '100m', memory: '8Gi' }),
    `${prod}.cluster.capacity: must be that of dev, because they share the cluster local, got {"cpu":"4","memory":"8Gi"}`,
  ],
  [
    `${dev}.cluster.capacity`,
    writes({ cpu: 'four', memory: '8Gi' }),
    `${dev}.cluster.capacity.cpu: must be a Kubernetes quantity, e.g. "4", got "four"`,
  ],
  [`${database}.version`, writes('18'), `${database}.version: must be an exact minor version, e.g. "18.1", got "18"`],
  [
    `${database}.version`,
    writes('latest'),
    `${database}.version: must be an exact minor version, e.g. "18.1", got "latest"`,
  ],
  [
    `${database}.codename`,
    writes('alpine'),
    `${database}.codename: must be a Debian code name, "bullseye", "bookworm", "trixie" or "forky", got "alpine"`,
  ],
  [
    `${database}.codename`,
    writes(''),
    `${database}.codename: must be a Debian code name, "bullseye", "bookworm", "trixie" or "forky", got ""`,
  ],
  [
    `${database}.storage.size`,
    writes('10 GB'),
    `${database}.storage.size: must be a Kubernetes quantity, e.g. "1Gi", above zero, got "10 GB"`,
  ],
  [
    `${database}.upgradesFrom`,
    writes('18'),
    `${database}.upgradesFrom: must be an older major version, e.g. "17", got "18"`,
  ],
  [
    `${database}.upgradesFrom`,
    writes('19'),
    `${database}.upgradesFrom: must be an older major version, e.g. "17", got "19"`,
  ],
  [
    `${database}.backup.schedule`,
    writes('0 2 * *'),
    `${database}.backup.schedule: must be a cron expression of five fields, e.g. "0 2 * * *", got "0 2 * *"`,
  ],
  [
    `${database}.backup.schedule`,
    writes('0 25 * * *'),
    `${database}.backup.schedule: must be a cron expression, and its hour is not one: write 0 to 23, with * , - and / alone, got "0 25 * * *"`,
  ],
  [
    `${database}.backup.schedule`,
    writes('@nightly'),
    `${database}.backup.schedule: must be a cron expression of five fields, e.g. "0 2 * * *", got "@nightly"`,
  ],
  [
    `${database}.backup.schedule`,
    writes(''),
    `${database}.backup.schedule: must be a cron expression of five fields, e.g. "0 2 * * *", got ""`,
  ],
  [
    `${database}.backup.schedule`,
    writes('0 0 31 2 *'),
    `${database}.backup.schedule: never fires; choose a day that the month has, got "0 0 31 2 *"`,
  ],
  [
    `${database}.backup.schedule`,
    writes('every night'),
    `${database}.backup.schedule: must be a cron expression of five fields, e.g. "0 2 * * *", got "every night"`,
  ],
  [
    `${database}.initSql`,
    writes('DROP TABLE orders;'),
    `${database}.initSql: only makes what is missing; remove the statement that drops or empties something, got "DROP TABLE orders;"`,
  ],
  [
    `${database}.database`,
    writes('my orders'),
    `${database}.database: must be at most 43 letters, digits, "_", "." and "-", e.g. "orders", got "my orders"`,
  ],
  [
    `${database}.user`,
    writes('1st'),
    `${database}.user: must be a role name of letters, digits, "_", "." and "-", e.g. "orders", got "1st"`,
  ],
  [`${database}.backup.keepDays`, writes(4000), `${database}.backup.keepDays: must be at most 3650, got 4000`],
  [`${database}.backup.keepDays`, writes(0), `${database}.backup.keepDays: must be a whole number, 1 or more, got 0`],
  [`${database}.backup.keepDays`, writes(-1), `${database}.backup.keepDays: must be a whole number, 1 or more, got -1`],
  [
    `${database}.backup.keepDays`,
    writes(1.5),
    `${database}.backup.keepDays: must be a whole number, 1 or more, got 1.5`,
  ],
  [
    `${database}.backup.restoreDrill.maxAgeHours`,
    writes(0.1),
    `${database}.backup.restoreDrill.maxAgeHours: must be at least 24, because that much time may lie between two dumps, got 0.1`,
  ],
  [
    `${database}.backup.restoreDrill.maxAgeHours`,
    writes(0),
    `${database}.backup.restoreDrill.maxAgeHours: must be at least 24, because that much time may lie between two dumps, got 0`,
  ],
  [
    `${database}.backup.restoreDrill.maxAgeHours`,
    writes(-1),
    `${database}.backup.restoreDrill.maxAgeHours: must be at least 24, because that much time may lie between two dumps, got -1`,
  ],
  [
    `${database}.backup.restoreDrill.expectTables`,
    writes([]),
    `${database}.backup.restoreDrill.expectTables: must name at least one table, else an empty restore passes, got []`,
  ],
  [
    `${database}.backup.restoreDrill.expectTables`,
    writes(['Orders; DROP TABLE x']),
    `${database}.backup.restoreDrill.expectTables: must be names of tables, e.g. "orders" or "public.orders", got "Orders; DROP TABLE x"`,
  ],
  [
    `${database}.backup.deadlineSeconds`,
    writes(0),
    `${database}.backup.deadlineSeconds: must be a whole number, 1 or more, got 0`,
  ],
  ['stages.prod.gate.approvals', writes(0), 'stages.prod.gate.approvals: must be a whole number from 1 to 6, got 0'],
  ['stages.prod.gate.approvals', writes(7), 'stages.prod.gate.approvals: must be a whole number from 1 to 6, got 7'],
  ['stages.prod.gate.approvals', writes(-1), 'stages.prod.gate.approvals: must be a whole number from 1 to 6, got -1'],
  [
    'stages.prod.gate.approvals',
    writes(1.5),
    'stages.prod.gate.approvals: must be a whole number from 1 to 6, got 1.5',
  ],
  ['stages.prod.gate.approvers', writes([]), 'stages.prod.gate.approvers: must name who may approve, got []'],
  [
    'stages.prod.gate',
    writes({ kind: 'none' }),
    'stages.prod.gate: is the last stage and lets everything in; write a gate, or the reason as accepted, got "none"',
  ],
  ['stages.prod.gate', writes({ kind: 'none', accepted: '' }), 'stages.prod.gate.accepted: must say why, got ""'],
  [
    'stages.prod.write.branch',
    writes('main'),
    'stages.prod.write.branch: is not carried out yet for another branch than the environment\'s; write "env/prod", got "main"',
  ],
  [
    'stages.prod.write.branch',
    writes('env/dev'),
    'stages.prod.write: changes the whole tree on branch env/dev of shop-ops, and stages.dev changes the whole tree; give each stage a branch, file or field of its own',
  ],
  [
    'stages.prod.write.author.email',
    writes('promoter'),
    'stages.prod.write.author.email: must be an e-mail address, got "promoter"',
  ],
  ['stages.prod.write.author.email', writes(''), 'stages.prod.write.author.email: must be an e-mail address, got ""'],
  ['stages.prod.write.message', writes(''), 'stages.prod.write.message: must be one line of text, got ""'],
  [
    'stages.prod.write.message',
    writes('line\nline'),
    'stages.prod.write.message: must be one line of text, got "line\\nline"',
  ],
  [
    'stages.prod.write.branch',
    writes('release'),
    'stages.prod.write.branch: is not carried out yet for another branch than the environment\'s; write "env/prod", got "release"',
  ],
  [
    'stages.prod.engine.paths',
    writes(['manifests']),
    'stages.prod.engine.paths: is not carried out yet; leave it out: the engine reads what Portolan renders, got ["manifests"]',
  ],
  [
    'stages.prod.intake.stages',
    writes(['prod']),
    'stages.prod.intake: can never be entered, because the stages it takes from wait for each other, got ["prod"]',
  ],
  ['stages.prod.intake.stages', writes([]), 'stages.prod.intake: must name at least one to take from, got []'],
  ['stages.dev.intake.supplies', writes([]), 'stages.dev.intake: must name at least one to take from, got []'],
  [
    'artifacts.orders.repository',
    writes('acme/orders:v1'),
    'artifacts.orders.repository: must be an image repository without a tag, e.g. "acme/orders", got "acme/orders:v1"',
  ],
  [
    'artifacts.orders.repository',
    writes('acme/Orders'),
    'artifacts.orders.repository: must be an image repository without a tag, e.g. "acme/orders", got "acme/Orders"',
  ],
  [
    'artifacts.orders.repository',
    writes(''),
    'artifacts.orders.repository: must be an image repository without a tag, e.g. "acme/orders", got ""',
  ],
  [
    'artifacts.orders.scheme',
    writes({ kind: 'numeric', pattern: '(', by: ['x'] }),
    'artifacts.orders.scheme.pattern: must be a regular expression, e.g. ^b(?<build>\\d+)$, got "("',
  ],
  [
    'artifacts.orders.scheme',
    writes({ kind: 'numeric', pattern: '^b(?<n>.+)$', by: ['n'] }),
    'artifacts.orders.scheme.by[0]: must be a group of digits alone, e.g. (?<n>\\d+), because as text b9 would be newer than b10, got "(?<n>.+)"',
  ],
  [
    'artifacts.orders.scheme',
    writes({ kind: 'numeric', pattern: '^b(?<n>\\d+)$', by: ['m'] }),
    'artifacts.orders.scheme.by[0]: the pattern has no group of this name; write "n", got "m"',
  ],
  [
    'repositories.shop.url',
    writes('git@github.com:acme/shop.git'),
    'repositories.shop.url: must be an https address without a name or password in it, e.g. "https://github.com/acme/shop.git"',
  ],
  [
    'repositories.shop.url',
    writes('shop'),
    'repositories.shop.url: must be an https address without a name or password in it, e.g. "https://github.com/acme/shop.git", got "shop"',
  ],
  [
    'repositories.shop.url',
    writes(''),
    'repositories.shop.url: must be an https address without a name or password in it, e.g. "https://github.com/acme/shop.git", got ""',
  ],
  [
    'repositories.shop.protection.approvals',
    writes(-1),
    'repositories.shop.protection.approvals: must be a whole number from 0 to 6, got -1',
  ],
  [
    'repositories.shop.protection.approvals',
    writes(7),
    'repositories.shop.protection.approvals: must be a whole number from 0 to 6, got 7',
  ],
  [
    'repositories.shop.holds',
    writes([]),
    'stages.prod.gate.checks: would never run, because no repository on github.com holds the program; leave them out, or name a GitHub Enterprise server by github:baseUrl in Pulumi.platform.yaml, got ["verify"]',
  ],
  [
    'initialReleases.prod.images.orders.tag',
    writes('latest'),
    'initialReleases.prod.images.orders.tag: must be a semantic version such as v1.2.3, got "latest"',
  ],
  [
    'initialReleases.prod.images.orders.tag',
    writes('1.0.0'),
    'initialReleases.prod.images.orders.tag: must be a semantic version such as v1.2.3, got "1.0.0"',
  ],
  [
    'initialReleases.prod.images.orders.tag',
    writes('v1'),
    'initialReleases.prod.images.orders.tag: must be a semantic version such as v1.2.3, got "v1"',
  ],
  [
    'initialReleases.prod.images.orders.tag',
    writes(''),
    'initialReleases.prod.images.orders.tag: must be a tag that a registry takes: letters, digits, and _ . - between them, 128 at most, got ""',
  ],
  [
    'initialReleases.prod.images.orders.digest',
    writes('sha256:abc'),
    'initialReleases.prod.images.orders.digest: must be sha256: and 64 hexadecimal digits, got "sha256:abc"',
  ],
  [
    'initialReleases.prod.images.orders.digest',
    writes('abc'),
    'initialReleases.prod.images.orders.digest: must be sha256: and 64 hexadecimal digits, got "abc"',
  ],
  [
    'initialReleases.prod.images.orders.repository',
    writes('acme/payments'),
    'initialReleases.prod.images.orders.repository: must be acme/orders, the repository of artifacts.orders, got "acme/payments"',
  ],
  [
    'initialReleases.dev.images.orders.tag',
    writes('main'),
    'initialReleases.dev.images.orders.tag: must be a commit of forty hexadecimal digits, got "main"',
  ],
  [
    'exceptions',
    writes([{ check: 'probes', object: 'Deployment/x', reason: ' ' }]),
    'exceptions[0].reason: must say why, got " "',
  ],
  [
    'exceptions',
    writes([{ check: 'probes', object: '', reason: 'x' }]),
    'exceptions[0].object: must be Kind/name, e.g. "Deployment/dev-orders", got ""',
  ],
  [
    `${dev}.credentials.ops-read.store.keys`,
    writes([]),
    `${dev}.credentials.ops-read.store.keys: must name at least one key, got []`,
  ],
  [
    `${dev}.credentials.ops-read.store.secretName`,
    writes('Ops_Read'),
    `${dev}.credentials.ops-read.store.secretName: must be lower-case letters, digits, dashes and dots, got "Ops_Read"`,
  ],
  [
    `${dev}.credentials.ops-read.generation`,
    writes(0),
    `${dev}.credentials.ops-read.generation: must be a whole number, 1 or more, got 0`,
  ],
  [
    `${dev}.credentials.ops-read.generation`,
    writes(1.5),
    `${dev}.credentials.ops-read.generation: must be a whole number, 1 or more, got 1.5`,
  ],
  [
    'credentials.promotion.store.keys',
    writes(['promotion-key']),
    'credentials.promotion.store.keys: must be letters, digits and underscores, and must not begin with a digit or GITHUB_, got "promotion-key"',
  ],
  [
    `${orders}.connects[0]`,
    writes({ kind: 'internet', ports: [], reason: 'x' }),
    `${orders}.connects[0].ports: must name at least one port, got []`,
  ],
  [
    `${orders}.connects[0]`,
    writes({ kind: 'internet', ports: [99999], reason: 'x' }),
    `${orders}.connects[0].ports: must be whole numbers from 1 to 65535, got 99999`,
  ],
  [
    `${orders}.connects[0]`,
    writes({ kind: 'internet', ports: [443], reason: '' }),
    `${orders}.connects[0].reason: must say what for, got ""`,
  ],
  ['supplies.images.buildMinutes', writes(0), 'supplies.images.buildMinutes: must be a whole number, 1 or more, got 0'],
  [
    'supplies.images.buildMinutes',
    writes(-5),
    'supplies.images.buildMinutes: must be a whole number, 1 or more, got -5',
  ],
  [
    'stages.prod.waitMinutes',
    writes(-1),
    'stages.prod.waitMinutes: is not carried out yet where nothing is looked for; leave it out: the workflow that builds promotes, and so waits for nothing, got -1',
  ],
  [
    'supplies.images.builder.images',
    writes([]),
    'supplies.images.builder.images: must name what is built, e.g. { artifact: "orders", context: "orders" }, got []',
  ],
];
