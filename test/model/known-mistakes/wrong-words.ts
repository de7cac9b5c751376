import { container, database, dev, orders, shop, writes, type Mistake } from './make-mistake.ts';

/** Words that are misspelt, or of another program. */
export const wrongWords: readonly Mistake[] = [
  [
    `${orders}.workload`,
    writes('Statefulset'),
    `${orders}.workload: is not known; write "StatefulSet", got "Statefulset"`,
  ],
  [
    `${orders}.workload`,
    writes('ReplicaSet'),
    `${orders}.workload: must be "DaemonSet", "Deployment" or "StatefulSet", got "ReplicaSet"`,
  ],
  [
    `${orders}.workload`,
    writes('deployment'),
    `${orders}.workload: is not known; write "Deployment", got "deployment"`,
  ],
  [
    `${orders}.serviceType`,
    writes('clusterIP'),
    `${orders}.serviceType: is not known; write "ClusterIP", got "clusterIP"`,
  ],
  [
    `${orders}.serviceType`,
    writes('Headless'),
    `${orders}.serviceType: is not known; write "headless", got "Headless"`,
  ],
  [
    `${orders}.serviceType`,
    writes('ExternalName'),
    `${orders}.serviceType: must be "ClusterIP", "LoadBalancer", "NodePort" or "headless", got "ExternalName"`,
  ],
  [`${orders}.strategy`, writes('Rolling'), `${orders}.strategy: must be "Recreate" or "RollingUpdate", got "Rolling"`],
  [`${orders}.strategy`, writes('recreate'), `${orders}.strategy: is not known; write "Recreate", got "recreate"`],
  [
    `${orders}.volumes.uploads.kind`,
    writes('configMap'),
    `${orders}.volumes.uploads.kind: must be "claim", "claimPerReplica", "config", "emptyDir", "ephemeral", "node", "projected" or "secret", got "configMap"`,
  ],
  [
    `${orders}.volumes.uploads.kind`,
    writes('claims'),
    `${orders}.volumes.uploads.kind: is not known; write "claim", got "claims"`,
  ],
  [
    `${orders}.volumes.uploads.kind`,
    writes('hostPath'),
    `${orders}.volumes.uploads.kind: must be "claim", "claimPerReplica", "config", "emptyDir", "ephemeral", "node", "projected" or "secret", got "hostPath"`,
  ],
  [
    `${container}.liveness.action.kind`,
    writes('htp'),
    `${container}.liveness.action.kind: is not known; write "http", got "htp"`,
  ],
  [
    `${container}.liveness.action.kind`,
    writes('httpGet'),
    `${container}.liveness.action.kind: must be "exec", "grpc", "http" or "tcp", got "httpGet"`,
  ],
  [
    `${container}.liveness.action.kind`,
    writes('tcpSocket'),
    `${container}.liveness.action.kind: must be "exec", "grpc", "http" or "tcp", got "tcpSocket"`,
  ],
  [
    `${container}.ports.http.protocol`,
    writes('tcp'),
    `${container}.ports.http.protocol: is not known; write "TCP", got "tcp"`,
  ],
  [
    `${container}.ports.http.protocol`,
    writes('SCTP'),
    `${container}.ports.http.protocol: must be "TCP" or "UDP", got "SCTP"`,
  ],
  [
    `${container}.env.DB_HOST.kind`,
    writes('databse'),
    `${container}.env.DB_HOST.kind: is not known; write "database", got "databse"`,
  ],
  [
    `${container}.env.DB_HOST.kind`,
    writes('configMapKeyRef'),
    `${container}.env.DB_HOST.kind: must be "database", "field", "label", "resource", "secret" or "text", got "configMapKeyRef"`,
  ],
  [
    `${container}.env.DB_HOST.property`,
    writes('hostname'),
    `${container}.env.DB_HOST.property: must be "host", "name", "password", "port" or "user", got "hostname"`,
  ],
  [
    `${container}.env.DB_HOST.property`,
    writes('username'),
    `${container}.env.DB_HOST.property: must be "host", "name", "password", "port" or "user", got "username"`,
  ],
  [
    `${orders}.connects[0].kind`,
    writes('servce'),
    `${orders}.connects[0].kind: is not known; write "service", got "servce"`,
  ],
  [
    `${orders}.connects[0].kind`,
    writes('external'),
    `${orders}.connects[0].kind: must be "addresses", "internet" or "service", got "external"`,
  ],
  [
    `${shop}.claims.uploads.accessMode`,
    writes('ReadWriteOne'),
    `${shop}.claims.uploads.accessMode: is not known; write "ReadWriteOnce", got "ReadWriteOne"`,
  ],
  [
    `${shop}.claims.uploads.accessMode`,
    writes('RWO'),
    `${shop}.claims.uploads.accessMode: must be "ReadWriteMany", "ReadWriteOnce" or "ReadWriteOncePod", got "RWO"`,
  ],
  [
    `${dev}.cluster.kubernetes.newest`,
    writes('1.99'),
    `${dev}.cluster.kubernetes.newest: is not known; write "1.29", got "1.99"`,
  ],
  [
    `${dev}.cluster.kubernetes.newest`,
    writes('v1.36'),
    `${dev}.cluster.kubernetes.newest: is not known; write "1.36", got "v1.36"`,
  ],
  [
    `${dev}.credentials.ops-read.purpose`,
    writes('gitread'),
    `${dev}.credentials.ops-read.purpose: is not known; write "gitRead", got "gitread"`,
  ],
  [
    `${dev}.credentials.ops-read.purpose`,
    writes('git'),
    `${dev}.credentials.ops-read.purpose: must be "administration", "certificate", "clusterRead", "database", "gitPush", "gitRead", "notification", "registryPush", "registryRead", "triggerAuthentication" or "webhook", got "git"`,
  ],
  [
    `${dev}.credentials.ops-read.store.kind`,
    writes('Kubernetes'),
    `${dev}.credentials.ops-read.store.kind: is not known; write "kubernetes", got "Kubernetes"`,
  ],
  [
    `${dev}.credentials.ops-read.store.kind`,
    writes('vault'),
    `${dev}.credentials.ops-read.store.kind: must be "githubActions" or "kubernetes", got "vault"`,
  ],
  [`${database}.kind`, writes('postgres'), `${database}.kind: is not known; write "postgresql", got "postgres"`],
  [`${database}.kind`, writes('mysql'), `${database}.kind: must be "postgresql", got "mysql"`],
  [
    'stages.prod.gate.kind',
    writes('pullrequest'),
    'stages.prod.gate.kind: is not known; write "pullRequest", got "pullrequest"',
  ],
  [
    'stages.prod.gate.kind',
    writes('approval'),
    'stages.prod.gate.kind: must be "humanTag", "none" or "pullRequest", got "approval"',
  ],
  ['stages.prod.intake.from', writes('stage'), 'stages.prod.intake.from: is not known; write "stages", got "stage"'],
  [
    'stages.prod.intake.from',
    writes('supplys'),
    'stages.prod.intake.from: is not known; write "supply", got "supplys"',
  ],
  [
    'stages.prod.triggers[0].on',
    writes('tag'),
    'stages.prod.triggers[0].on: must be "artifactPublished", "dispatch", "gitTag", "manual", "pullRequest", "push", "schedule" or "upstreamHealthy", got "tag"',
  ],
  [
    'stages.prod.triggers[0].on',
    writes('gittag'),
    'stages.prod.triggers[0].on: is not known; write "gitTag", got "gittag"',
  ],
  ['stages.prod.engine.kind', writes('argo'), 'stages.prod.engine.kind: must be "argocd" or "flux", got "argo"'],
  ['stages.prod.engine.kind', writes('argoCD'), 'stages.prod.engine.kind: is not known; write "argocd", got "argoCD"'],
  [
    'stages.prod.engine.source',
    writes('yaml'),
    'stages.prod.engine.source: must be "helm", "kustomize" or "plain", got "yaml"',
  ],
  [
    'stages.prod.promoter',
    writes({ kind: 'jenkins' }),
    'stages.prod.promoter.kind: must be "cronJob", "fluxImages", "githubActions", "kargo" or "tekton", got "jenkins"',
  ],
  [
    'stages.prod.promoter',
    writes({ kind: 'Kargo' }),
    'stages.prod.promoter.kind: is not known; write "kargo", got "Kargo"',
  ],
  [
    'stages.prod.promoter',
    writes('kargo'),
    'stages.prod.promoter: must be { kind: "cronJob" | "fluxImages" | "githubActions" | "kargo" | "tekton", … }; it is text',
  ],
  ['stages.prod.write.mode', writes('pr'), 'stages.prod.write.mode: must be "commit" or "pullRequest", got "pr"'],
  [
    'stages.prod.write.mode',
    writes('pullrequest'),
    'stages.prod.write.mode: is not known; write "pullRequest", got "pullrequest"',
  ],
  [
    'stages.prod.write.locator.kind',
    writes('folder'),
    'stages.prod.write.locator.kind: must be "helmValue", "kustomizeImage", "marker", "tree" or "yamlPath", got "folder"',
  ],
  [
    'stages.prod.versions.kind',
    writes('semVer'),
    'stages.prod.versions.kind: is not known; write "semver", got "semVer"',
  ],
  [
    'stages.prod.versions.kind',
    writes('calver'),
    'stages.prod.versions.kind: must be "gitSha", "numeric" or "semver", got "calver"',
  ],
  ['artifacts.orders.kind', writes('images'), 'artifacts.orders.kind: is not known; write "image", got "images"'],
  ['artifacts.orders.kind', writes('container'), 'artifacts.orders.kind: must be "chart" or "image", got "container"'],
  [
    'artifacts.orders.scheme.kind',
    writes('sha'),
    'artifacts.orders.scheme.kind: must be "gitSha", "numeric" or "semver", got "sha"',
  ],
  [
    'supplies.images.builder.kind',
    writes('githubActoins'),
    'supplies.images.builder.kind: is not known; write "githubActions", got "githubActoins"',
  ],
  [
    'supplies.images.builder.kind',
    writes('docker'),
    'supplies.images.builder.kind: must be "chartReleaser", "external", "githubActions", "kpack" or "tekton", got "docker"',
  ],
  [
    'supplies.images.discovery.kind',
    writes('samejob'),
    'supplies.images.discovery.kind: is not known; write "sameJob", got "samejob"',
  ],
  [
    'repositories.shop.holds',
    writes(['sources']),
    'repositories.shop.holds[0]: is not known; write "source", got "sources"',
  ],
  [
    'repositories.shop.holds',
    writes(['code']),
    'repositories.shop.holds[0]: must be "charts", "config", "ops", "program", "releaseCopy" or "source", got "code"',
  ],
  [
    'repositories.shop.visibility',
    writes('internal'),
    'repositories.shop.visibility: must be "private" or "public", got "internal"',
  ],
  [
    'repositories.shop.management',
    writes('adopted'),
    'repositories.shop.management: is not known; write "adopt", got "adopted"',
  ],
  ['actors.releasers.kind', writes('teams'), 'actors.releasers.kind: is not known; write "team", got "teams"'],
  ['actors.releasers.kind', writes('group'), 'actors.releasers.kind: must be "app", "team" or "user", got "group"'],
];
