/** How each client is pointed at the recorder: a new client is one row. Every one needs the proxy and our authority. */
import type { ClientId } from '../../shared/acme/known/clients.ts'
import type { RecorderInfo } from '../../shared/api.ts'
import { environmentFor, TRUST_ROWS } from '../../shared/client-trust.ts'
import { shellQuoted } from '../../shared/shell.ts'
import { fromCluster, fromContainer, fromHere } from './addresses.ts'

/** Lines of what is copied, and which of the two things they do: 1 the proxy, 2 trust, null neither. */
export type Part = readonly [step: 1 | 2 | null, lines: string]

export interface Recipe {
  readonly id: string
  readonly label: string
  /** Two letters, for a sign. */
  readonly sign: string
  /** What a search finds it by, beside its name. */
  readonly words: string
  /** Who then comes, as far as that is known: whose cures are told. */
  readonly client: ClientId | null
  /** From where the client sees the recorder. */
  readonly from: 'here' | 'container' | 'cluster'
  /** Where the lines go. */
  readonly where: string
  readonly parts: (recorder: RecorderInfo) => readonly Part[]
  /** The one thing that usually goes wrong. Words in backquotes are code, here and below. */
  readonly wrong: string
  readonly undo: (recorder: RecorderInfo) => string
}

/** Backends and local networks stay off the proxy: a reverse proxy's own traffic is none of ours. */
const LOCAL_NETWORKS = 'localhost,127.0.0.1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16'
/** The cluster's own names, too, or the client no longer reaches the Kubernetes API. */
const CLUSTER_NETWORKS = `${LOCAL_NETWORKS},.svc,.cluster.local`

/** Go reads every file of this folder beside its bundle. */
const GO_CERTIFICATE = '/etc/ssl/certs/acmescope.pem'
const IN_CONTAINER = '/acmescope/bundle.pem'
/** Where every user of the machine can read it. */
const FOR_ALL_USERS = '/etc/ssl/acmescope-bundle.pem'

/** A word of YAML; JSON's strings are YAML's. */
const yaml = (text: string): string => (/^[\w./:@-]+$/.test(text) ? text : JSON.stringify(text))

const bundleOf = ({ authority }: RecorderInfo): string => shellQuoted(authority.bundle)
const pemOf = ({ authority }: RecorderInfo): string => shellQuoted(authority.pem)

/** `VARIABLE=value \` before a command. */
const before = (variables: readonly (readonly [string, string])[]): string =>
  variables.map(([name, value]) => `${name}=${value} \\`).join('\n')

/** What common clients read, one line for each: first the proxy, then what trusts. */
function exportLines({ proxy, authority }: RecorderInfo): readonly Part[] {
  const common = TRUST_ROWS.filter((row) => row.isCommon)
  const lines = (isProxy: boolean) =>
    Object.entries(
      environmentFor(
        common.filter(({ value }) => (value === 'proxy') === isProxy),
        { proxy: fromHere(proxy), bundle: authority.bundle, pem: authority.pem },
      ),
    )
      .map(([name, value]) => `export ${name}=${shellQuoted(value)}`)
      .join('\n')
  return [
    [1, lines(true)],
    [2, lines(false)],
  ]
}

const unset = (): string =>
  `Close the shell, or \`unset ${TRUST_ROWS.filter((row) => row.isCommon)
    .map(({ variable }) => variable)
    .join(' ')}\`.`

const onceOnly = (): string => 'Nothing to undo: the variables hold for this one command.'

/** The three variables by which most programs in a container trust. */
const CONTAINER_TRUST = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'] as const

export const recipes: readonly Recipe[] = [
  {
    id: 'shell',
    label: 'Any shell',
    sign: '$_',
    words: 'bash zsh sh environment export terminal other client',
    client: null,
    from: 'here',
    where: 'In the shell that then starts the client',
    parts: exportLines,
    wrong:
      '`sudo` drops these variables: run the export lines in a root shell, or use `sudo env NAME=value …`. A service has an environment of its own.',
    undo: unset,
  },
  {
    id: 'lego',
    label: 'lego',
    sign: 'le',
    words: 'go acme cli',
    client: 'lego',
    from: 'here',
    where: 'Before your lego command',
    parts: (recorder) => [
      [1, before([['HTTPS_PROXY', fromHere(recorder.proxy)]])],
      [2, before([['SSL_CERT_FILE', bundleOf(recorder)]])],
      [null, 'lego …'],
    ],
    wrong:
      '`LEGO_CA_CERTIFICATES`, if you have it set, covers the CA only; the DNS provider’s leg reads `SSL_CERT_FILE`. On macOS and Windows Go reads neither: run lego in a container, or trust the authority in the system.',
    undo: onceOnly,
  },
  {
    id: 'certbot',
    label: 'certbot',
    sign: 'cb',
    words: 'eff python letsencrypt',
    client: 'certbot',
    from: 'here',
    where: 'Before your certbot command',
    parts: (recorder) => [
      [1, `sudo env ${before([['HTTPS_PROXY', fromHere(recorder.proxy)]])}`],
      [
        2,
        before([
          ['REQUESTS_CA_BUNDLE', bundleOf(recorder)],
          ['SSL_CERT_FILE', bundleOf(recorder)],
        ]),
      ],
      [null, 'certbot certonly --staging …'],
    ],
    wrong:
      'Both are needed: certbot itself reads `REQUESTS_CA_BUNDLE`, its Cloudflare plugin from 5.6 on `SSL_CERT_FILE`. `certbot renew` from the timer sees neither; for that see systemd. A snap may not read files in your folder: copy the bundle to /etc/ssl.',
    undo: onceOnly,
  },
  {
    id: 'traefik',
    label: 'Traefik',
    sign: 'Tr',
    words: 'docker compose reverse proxy go',
    client: 'traefik',
    from: 'container',
    where: 'In compose.yaml, beside what is there',
    parts: ({ proxy, authority }) => [
      [null, 'services:\n  traefik:'],
      [
        1,
        `    environment:
      HTTPS_PROXY: ${yaml(fromContainer(proxy))}
      NO_PROXY: ${yaml(LOCAL_NETWORKS)}
    extra_hosts:
      - host.docker.internal:host-gateway`,
      ],
      [2, `    volumes:\n      - ${yaml(`${authority.pem}:${GO_CERTIFICATE}:ro`)}`],
    ],
    wrong:
      'Traefik sends its backends’ HTTPS through the proxy, too: add those that are not in a private network to `NO_PROXY`. It asks for a certificate only when one is missing or due; `acme.caCertificates` covers the CA and not the DNS provider.',
    undo: () => 'Take the lines out again, then `docker compose up -d traefik`.',
  },
  {
    id: 'caddy',
    label: 'Caddy',
    sign: 'Ca',
    words: 'certmagic web server go',
    client: 'caddy',
    from: 'here',
    where: 'Before your caddy command',
    parts: (recorder) => [
      [1, before([['HTTPS_PROXY', fromHere(recorder.proxy)]])],
      [2, before([['SSL_CERT_FILE', bundleOf(recorder)]])],
      [null, 'caddy run --config Caddyfile'],
    ],
    wrong:
      '`caddy reload` talks to the Caddy that runs already, whose environment counts: stop it and start it anew. As a service it runs as user caddy, who cannot read your folder: see systemd.',
    undo: () => 'Stop it, and start it without the variables.',
  },
  {
    id: 'cert-manager',
    label: 'cert-manager',
    sign: 'cm',
    words: 'kubernetes helm k8s go issuer',
    client: 'cert-manager',
    from: 'cluster',
    where: 'In a shell with kubectl and helm',
    parts: (recorder) => [
      [
        2,
        `kubectl -n cert-manager create configmap acmescope --from-file=ca.pem=${pemOf(recorder)}
cat > acmescope-values.yaml <<'END'`,
      ],
      [1, `https_proxy: ${yaml(fromCluster(recorder.proxy))}\nno_proxy: ${yaml(CLUSTER_NETWORKS)}`],
      [
        2,
        `volumes:
  - name: acmescope
    configMap:
      name: acmescope
volumeMounts:
  - name: acmescope
    mountPath: ${GO_CERTIFICATE}
    subPath: ca.pem
    readOnly: true
END`,
      ],
      [
        null,
        `helm upgrade cert-manager oci://quay.io/jetstack/charts/cert-manager \\
  -n cert-manager --reset-then-reuse-values -f acmescope-values.yaml`,
      ],
    ],
    wrong:
      '`spec.acme.caBundle` of the issuer covers the CA only, this mount the DNS provider as well. Without the cluster’s networks in `no_proxy` the controller loses the Kubernetes API. Give `--version` to stay on the chart you have.',
    undo: () =>
      '`helm rollback cert-manager -n cert-manager`, then `kubectl -n cert-manager delete configmap acmescope`.',
  },
  {
    id: 'acme.sh',
    label: 'acme.sh',
    sign: 'sh',
    words: 'acmesh shell curl wget',
    client: 'acme.sh',
    from: 'here',
    where: 'Before your acme.sh command',
    parts: (recorder) => [
      [1, before([['HTTPS_PROXY', fromHere(recorder.proxy)]])],
      [2, before([['CURL_CA_BUNDLE', bundleOf(recorder)]])],
      [null, 'acme.sh --issue --staging …'],
    ],
    wrong:
      'Where there is no curl it uses wget, which does not read `CURL_CA_BUNDLE`: add `--ca-bundle` with the same file. Its cron job sees none of this; run it by hand.',
    undo: onceOnly,
  },
  {
    id: 'dehydrated',
    label: 'dehydrated',
    sign: 'de',
    words: 'shell bash curl',
    client: 'dehydrated',
    from: 'here',
    where: 'Before your dehydrated command',
    parts: (recorder) => [
      [1, before([['HTTPS_PROXY', fromHere(recorder.proxy)]])],
      [
        2,
        before([
          ['CURL_CA_BUNDLE', bundleOf(recorder)],
          ['SSL_CERT_FILE', bundleOf(recorder)],
        ]),
      ],
      [null, 'dehydrated -c …'],
    ],
    wrong:
      'The hook speaks to the DNS provider with a tool of its own: if that is neither curl nor Go, it has a variable of its own for its trust.',
    undo: onceOnly,
  },
  {
    id: 'uacme',
    label: 'uacme',
    sign: 'ua',
    words: 'c libcurl',
    client: 'uacme',
    from: 'here',
    where: 'Before your uacme command',
    parts: (recorder) => [
      [1, before([['UACME_PROXY', fromHere(recorder.proxy)]])],
      [2, before([['UACME_CAINFO', bundleOf(recorder)]])],
      [null, 'uacme -s -v issue …'],
    ],
    wrong:
      'Before 1.7.6 uacme reads `HTTPS_PROXY` and the system’s bundle only: then our PEM must be in /usr/local/share/ca-certificates, as a .crt, for `update-ca-certificates`.',
    undo: onceOnly,
  },
  {
    id: 'docker',
    label: 'Docker',
    sign: 'Do',
    words: 'container run podman',
    client: null,
    from: 'container',
    where: 'In a shell: options of docker run',
    parts: ({ proxy, authority }) => [
      [null, 'docker run --rm \\'],
      [
        1,
        `  --add-host host.docker.internal:host-gateway \\
  -e HTTPS_PROXY=${fromContainer(proxy)} \\`,
      ],
      [
        2,
        `  -v ${shellQuoted(`${authority.bundle}:${IN_CONTAINER}:ro`)} \\
${CONTAINER_TRUST.map((name) => `  -e ${name}=${IN_CONTAINER} \\`).join('\n')}`,
      ],
      [null, '  IMAGE …'],
    ],
    wrong:
      'Within a container 127.0.0.1 is the container itself, so the recorder must listen where containers reach it. A program that runs there as another user than root may not read the file: mount a copy with mode 644. With SELinux add `,z` to `ro`.',
    undo: () => 'Nothing to undo: the container is gone when it ends.',
  },
  {
    id: 'compose',
    label: 'Docker Compose',
    sign: 'Co',
    words: 'docker container yaml service stack',
    client: null,
    from: 'container',
    where: 'In compose.override.yaml, beside your compose.yaml',
    parts: ({ proxy, authority }) => [
      [null, 'services:\n  YOUR-SERVICE:'],
      [
        1,
        `    extra_hosts:
      - host.docker.internal:host-gateway
    environment:
      HTTPS_PROXY: ${yaml(fromContainer(proxy))}
      NO_PROXY: ${yaml(LOCAL_NETWORKS)}`,
      ],
      [
        2,
        `${CONTAINER_TRUST.map((name) => `      ${name}: ${IN_CONTAINER}`).join('\n')}
    volumes:
      - ${yaml(`${authority.bundle}:${IN_CONTAINER}:ro`)}`,
      ],
    ],
    wrong:
      '`docker compose restart` keeps the old environment: `docker compose up -d` makes the container anew. Services of the same stack that the client calls by name belong into `NO_PROXY`.',
    undo: () => 'Delete compose.override.yaml, then `docker compose up -d`.',
  },
  {
    id: 'kubernetes',
    label: 'Kubernetes',
    sign: 'K8',
    words: 'k8s deployment pod kubectl cluster kind minikube',
    client: null,
    from: 'cluster',
    where: 'In a shell with kubectl; for a client in Go',
    parts: (recorder) => [
      [
        2,
        `kubectl create configmap acmescope --from-file=ca.pem=${pemOf(recorder)}
cat > acmescope.yaml <<'END'
spec:
  template:
    spec:
      volumes:
        - name: acmescope
          configMap:
            name: acmescope
      containers:
        - name: YOUR-CONTAINER
          volumeMounts:
            - name: acmescope
              mountPath: ${GO_CERTIFICATE}
              subPath: ca.pem
              readOnly: true`,
      ],
      [
        1,
        `          env:
            - name: HTTPS_PROXY
              value: ${yaml(fromCluster(recorder.proxy))}
            - name: NO_PROXY
              value: ${yaml(CLUSTER_NETWORKS)}
END`,
      ],
      [null, 'kubectl patch deployment YOUR-DEPLOYMENT --patch-file acmescope.yaml'],
    ],
    wrong:
      'The recorder runs outside: pods must reach this machine’s address. In minikube that is host.minikube.internal, in kind the gateway of the network kind. A client that is not in Go needs the bundle and its own variable instead of the mount.',
    undo: () => '`kubectl rollout undo deployment YOUR-DEPLOYMENT`, then `kubectl delete configmap acmescope`.',
  },
  {
    id: 'systemd',
    label: 'systemd',
    sign: 'sd',
    words: 'service timer unit certbot.timer caddy.service linux',
    client: null,
    from: 'here',
    where: 'In a shell; here for certbot.service',
    parts: (recorder) => [
      [
        2,
        `sudo install -m 644 ${bundleOf(recorder)} ${FOR_ALL_USERS}
sudo mkdir -p /etc/systemd/system/certbot.service.d
sudo tee /etc/systemd/system/certbot.service.d/acmescope.conf <<'END'
[Service]`,
      ],
      [1, `Environment=HTTPS_PROXY=${fromHere(recorder.proxy)}`],
      [2, `${CONTAINER_TRUST.map((name) => `Environment=${name}=${FOR_ALL_USERS}`).join('\n')}\nEND`],
      [null, 'sudo systemctl daemon-reload\nsudo systemctl start certbot.service'],
    ],
    wrong:
      'A service that runs already keeps its environment until it is restarted (`systemctl restart`, not reload). Services run as users who cannot read your folder, hence the copy.',
    undo: () =>
      `\`sudo rm /etc/systemd/system/certbot.service.d/acmescope.conf ${FOR_ALL_USERS}\`, then \`sudo systemctl daemon-reload\`, and restart what runs.`,
  },
  {
    id: 'powershell',
    label: 'PowerShell',
    sign: '>_',
    words: 'windows posh-acme win-acme pwsh',
    client: 'posh-acme',
    from: 'here',
    where: 'In PowerShell 7, before Posh-ACME',
    parts: ({ proxy, authority }) => [
      [1, `$env:HTTPS_PROXY = '${fromHere(proxy)}'`],
      [2, `certutil -user -addstore Root '${authority.pem.replaceAll("'", "''")}'`],
    ],
    wrong:
      'Windows PowerShell 5.1 and win-acme read the system’s proxy settings instead of `HTTPS_PROXY`: set it there, or in win-acme’s settings.json as `Proxy.Url`.',
    undo: ({ authority }) =>
      `\`Remove-Item Env:HTTPS_PROXY\` and \`certutil -user -delstore Root "${authority.name}"\`.`,
  },
  {
    id: 'run',
    label: 'acmescope run',
    sign: 'run',
    words: 'one command ci script',
    client: null,
    from: 'here',
    where: 'In a shell, before any command',
    parts: () => [[null, 'acmescope run -- certbot certonly --staging …']],
    wrong:
      'It sets the proxy and the trust of that one command, and records it by itself: what it records is in the list of recordings, and not seen by the check on this page.',
    undo: onceOnly,
  },
]

/** What is copied. */
export const textOf = (recipe: Recipe, recorder: RecorderInfo): string =>
  recipe
    .parts(recorder)
    .map(([, lines]) => lines)
    .join('\n')
