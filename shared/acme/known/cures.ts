/**
 * What to do about it, in the words of each client: rows of options and settings by client and topic, as the clients'
 * own documentation names them (looked up in 2026). A new client is a few rows; what no row says is said in general.
 */
import type { ClientId, KnownClient } from './clients.ts'

/** What a cure is about. */
const GENERAL = {
  trust:
    'Make the client trust acmescope’s authority on both of its legs, to the CA and to the DNS provider’s API: they often have settings of their own, and a “CA certificate for the ACME server” covers the first one only. `acmescope run -- COMMAND` sets the variables that common clients read.',
  tls: 'Let the client speak TLS 1.2 or 1.3 and accept an RSA certificate: update its TLS library (OpenSSL 1.0.1, Java 8 and .NET 4.6 are the first that can), and take out settings that restrict versions or ciphers. What cannot be changed is let through unread with --passthrough HOST.',
  address: 'Write https:// in the URL that the client is given, or the port on which the server speaks plain HTTP.',
  propagation:
    'Let the client wait longer between writing the record and telling the CA, or let it look at the authoritative name servers first.',
  credentials: 'Check the API credentials that the client’s DNS plugin was given.',
  cloudflare:
    'The token must be copied whole, not expired, free to be used from this address, and have Zone:Read and DNS:Edit for this zone.',
  delegation:
    'Write the record where the name is served from: tell the client the zone, or the name that a CNAME leads to.',
  eab: 'Give the client the key identifier and the MAC key that the CA shows in your account there.',
  ca: 'Look at the directory URL the client is set to, and at the account it has stored: each CA, staging and production too, has accounts of its own.',
  key: 'Use an account key of another kind: EC P-256 (ES256), or RSA with 2048 bits or more (RS256), are accepted by most CAs.',
  storage: 'Let the client keep its account key and its certificates from start to start.',
  http: 'The file must be served at port 80 of the name, to anybody, whatever redirects and access rules there are.',
  alpn: 'The client itself must answer at port 443 of the name; nothing in front of it may end TLS.',
  retry: 'Do not let the client try in a loop; test with the CA’s staging environment, whose limits are far higher.',
  terms: 'Read the CA’s terms and tell the client that you agree.',
  profile: 'Ask for one of the profiles that the directory lists, or for none.',
  renewal: 'Let the client ask for the certificate anew, without saying which one it replaces.',
} as const

export type Topic = keyof typeof GENERAL

type Cures = Partial<Record<Topic, string>>

/** Go reads both everywhere but on macOS and Windows; the variable replaces the system’s bundle, the folder adds to it. */
const GO_TRUST =
  'mount our PEM as one more file in /etc/ssl/certs, or set SSL_CERT_FILE to acmescope’s bundle: that covers the CA and the DNS API'

const LEGO_CLOUDFLARE =
  'CF_DNS_API_TOKEN needs Zone:Read and DNS:Edit; where it has DNS:Edit only, CF_ZONE_API_TOKEN with Zone:Read beside it.'

const CURES: Partial<Record<ClientId, Cures>> = {
  traefik: {
    address: 'Traefik: acme.caServer of the resolver begins with https://.',
    trust: `Traefik: ${GO_TRUST}. acme.caCertificates and LEGO_CA_CERTIFICATES cover the CA only.`,
    propagation:
      'Traefik: set acme.dnsChallenge.propagation.delayBeforeChecks (before 3.3: delayBeforeCheck) to 60 s or more; acme.dnsChallenge.resolvers names the servers it asks. The provider’s …_PROPAGATION_TIMEOUT says how long it waits.',
    credentials:
      'Traefik: the provider’s variables (see acme.dnsChallenge.provider) must be in the environment of the Traefik process or container, or in files named by the same variables with _FILE.',
    cloudflare: `Traefik: ${LEGO_CLOUDFLARE}`,
    delegation:
      'Traefik follows CNAMEs of _acme-challenge, and the credentials must be good for the zone they lead to. LEGO_DISABLE_CNAME_SUPPORT=true makes it write at the name itself; acme.dnsChallenge.resolvers decides which zones it sees.',
    eab: 'Traefik: set acme.eab.kid and acme.eab.hmacEncoded of the resolver, then delete the resolver’s entry in acme.json so that it registers anew.',
    ca: 'Traefik: after changing acme.caServer remove the resolver’s account from acme.json (acme.storage), or give each resolver a storage file of its own.',
    storage:
      'Traefik: acme.storage must be on a volume that outlives the container (acme.json with mode 600), or each start registers and orders anew.',
    http: 'Traefik: acme.httpChallenge.entryPoint must be the entry point that port 80 of the name reaches; a redirect to HTTPS there does no harm, another router for /.well-known/acme-challenge/ does.',
    alpn: 'Traefik: acme.tlsChallenge needs port 443 of the name to reach Traefik’s own TLS entry point, without a proxy that ends TLS before it.',
    retry:
      'Traefik tries again at each start and each change of its configuration: test with acme.caServer set to the staging directory, and keep acme.json.',
    profile: 'Traefik: acme.profile of the resolver.',
  },
  lego: {
    address: 'lego: --server https://… (LEGO_SERVER).',
    trust: `lego: ${GO_TRUST}. LEGO_CA_CERTIFICATES covers the CA only.`,
    propagation:
      'lego: --dns.propagation.wait 60s (lego 4: --dns.propagation-wait) waits instead of looking; the provider’s …_PROPAGATION_TIMEOUT (120 s by default) says how long it looks, and --dns.resolvers whom it asks.',
    credentials: 'lego: `lego dnshelp --code PROVIDER` lists the variables that the provider reads.',
    cloudflare: `lego: ${LEGO_CLOUDFLARE}`,
    delegation:
      'lego follows CNAMEs of _acme-challenge, and the credentials must be good for the zone they lead to. LEGO_DISABLE_CNAME_SUPPORT=true makes it write at the name itself; --dns.resolvers decides which zones it sees.',
    eab: 'lego: --eab --eab.kid KID --eab.hmac KEY (lego 4: --eab --kid KID --hmac KEY), at registration.',
    ca: 'lego keeps accounts by server below --path (.lego/accounts): give the same --server (LEGO_SERVER) each time, and do not copy an account file from one server’s folder to another’s.',
    key: 'lego: --key-type ec256 (or rsa2048 …) is also the kind of the account’s key, when that is made: give it before registering.',
    storage: 'lego: give the same --path (LEGO_PATH, .lego by default) and --email each time, on a disk that stays.',
    http: 'lego: --http listens at port 80 itself; behind a reverse proxy use --http.address :8080 (lego 4: --http.port) and pass /.well-known/acme-challenge/ on to it, or --http.webroot.',
    alpn: 'lego: --tls listens at port 443 itself; --tls.address (lego 4: --tls.port) only behind something that passes TLS on unopened.',
    retry: 'lego: renew rather than order anew, and test with --server letsencrypt-staging (lego 4: the staging URL).',
    terms: 'lego: --accept-tos.',
    profile: 'lego: --profile NAME.',
    renewal: 'lego: --ari-disable orders without naming the certificate it replaces.',
  },
  certbot: {
    tls: 'certbot: Python’s ssl and the system’s OpenSSL decide: update both, and look at MinProtocol and CipherString in openssl.cnf. What cannot be changed is let through unread with --passthrough HOST.',
    address: 'certbot: --server https://…, also in /etc/letsencrypt/renewal/NAME.conf.',
    trust:
      'certbot: set REQUESTS_CA_BUNDLE and SSL_CERT_FILE both to acmescope’s bundle: certbot reads the first, newer Cloudflare plugins (certbot 5.6 on) the second. For timers set them in the unit.',
    propagation:
      'certbot: --dns-cloudflare-propagation-seconds 60 (10 by default; each DNS plugin has its own: --dns-PLUGIN-propagation-seconds).',
    credentials:
      'certbot: --dns-PLUGIN-credentials names the INI file; it is read anew at each renewal, and only its path is stored.',
    cloudflare:
      'certbot: the file given by --dns-cloudflare-credentials holds dns_cloudflare_api_token = TOKEN, with Zone:Read and DNS:Edit for this zone; dns_cloudflare_email and dns_cloudflare_api_key are for the Global API Key.',
    delegation:
      'certbot’s DNS plugins do not follow CNAMEs and write at the name itself: for a delegated _acme-challenge use a hook (--manual-auth-hook) or a plugin made for it.',
    eab: 'certbot: --eab-kid KID --eab-hmac-key KEY with the first certonly or register.',
    ca: 'certbot keeps accounts by server in /etc/letsencrypt/accounts: look at --server, --staging and the renewal file’s server and account.',
    key: 'certbot: account keys are RSA; --rsa-key-size says how long, when one is made.',
    storage: 'certbot: /etc/letsencrypt (--config-dir) must stay from run to run, in a container as a volume.',
    http: 'certbot: --webroot-path must be the folder that port 80 of the name serves; --standalone needs port 80 itself, --http-01-port only behind something that forwards to it.',
    retry:
      'certbot: test with --dry-run, which uses staging, and do not give --force-renewal in a script. Debian’s timer tries twice a day, which is enough.',
    terms: 'certbot: --agree-tos.',
    profile: 'certbot: --preferred-profile NAME asks for it where it is offered, --required-profile NAME insists.',
  },
  caddy: {
    address: 'Caddy: acme_ca, or dir of the issuer, begins with https://.',
    trust: `Caddy: ${GO_TRUST}. acme_ca_root and trusted_roots cover the CA only.`,
    propagation:
      'Caddy: propagation_delay 60s and propagation_timeout 5m in the tls directive; resolvers 1.1.1.1 names whom it asks, propagation_timeout -1 asks nobody.',
    credentials:
      'Caddy: the variable that `dns PROVIDER {env.…}` names must be in the environment of the Caddy process.',
    cloudflare:
      'Caddy: `dns cloudflare {env.CF_API_TOKEN}` takes an API token (not the Global API Key) with Zone:Read and DNS:Edit.',
    delegation: 'Caddy: dns_challenge_override_domain names where the record is to be written.',
    eab: 'Caddy: the global option acme_eab { key_id …; mac_key … }, or eab KEY_ID MAC_KEY in the tls directive.',
    ca: 'Caddy keeps accounts by CA in its storage: look at acme_ca, and at dir and test_dir of the issuer.',
    storage: 'Caddy: its data folder (/data in the container, $XDG_DATA_HOME/caddy) must be on a volume that stays.',
    http: 'Caddy: port 80 of the name must reach Caddy; alt_http_port only where something forwards to it.',
    alpn: 'Caddy: port 443 of the name must reach Caddy, without a proxy that ends TLS before it.',
    retry:
      'Caddy slows down by itself and tests with test_dir (staging) after a failure: leave it running rather than restarting it.',
    profile: 'Caddy: `profile NAME` of the acme issuer.',
  },
  certmagic: {
    trust: `CertMagic: ${GO_TRUST}. ACMEIssuer.TrustedRoots covers the CA only.`,
    propagation: 'CertMagic: DNSManager.PropagationDelay and PropagationTimeout of the solver.',
    eab: 'CertMagic: ACMEIssuer.ExternalAccount.',
  },
  'cert-manager': {
    address: 'cert-manager: spec.acme.server of the issuer begins with https://.',
    trust:
      'cert-manager: mount acmescope’s bundle with the chart’s volumes and volumeMounts, and set SSL_CERT_FILE to it in extraEnv. spec.acme.caBundle of the issuer covers the CA only.',
    propagation:
      'cert-manager looks itself until it sees the record, so its look and the CA’s differ: start the controller with --dns01-recursive-nameservers=1.1.1.1:53,8.8.8.8:53 and --dns01-recursive-nameservers-only.',
    credentials:
      'cert-manager: the Secret that the solver names must be in the namespace of the Issuer (of cert-manager itself for a ClusterIssuer), under that key, and without a line break at its end.',
    cloudflare:
      'cert-manager: solvers[].dns01.cloudflare.apiTokenSecretRef with a token that has Zone:Read and DNS:Edit; apiKeySecretRef with email is for the Global API Key.',
    delegation: 'cert-manager: solvers[].dns01.cnameStrategy: Follow writes where a CNAME of _acme-challenge leads.',
    eab: 'cert-manager: spec.acme.externalAccountBinding of the issuer, with keyID and keySecretRef; the Secret holds the key in base64url as the CA gave it.',
    ca: 'cert-manager: give each issuer a privateKeySecretRef of its own; one account key for staging and production leads to this.',
    storage: 'cert-manager: the Secret that privateKeySecretRef names holds the account: keep it, and back it up.',
    http: 'cert-manager: the solver’s Ingress must be reached at port 80 of the name from outside; kubectl describe challenge shows what its own look found.',
    retry:
      'cert-manager waits longer after each failure (1 to 32 hours): repair first, then `cmctl renew NAME`. Deleting the Certificate starts anew and spends limits.',
    profile: 'cert-manager: spec.acme.profile of the issuer.',
  },
  'acme.sh': {
    tls: 'acme.sh: the curl it uses decides: update it, and look for tls-max and ciphers in ~/.curlrc. What cannot be changed is let through unread with --passthrough HOST.',
    address: 'acme.sh: --server https://….',
    trust:
      'acme.sh: --ca-bundle FILE (acmescope’s bundle), or CURL_CA_BUNDLE; curl and wget serve both legs, so that covers the DNS API, too.',
    propagation: 'acme.sh: --dnssleep 120 waits that long instead of asking public resolvers.',
    credentials:
      'acme.sh keeps the variables of the dnsapi script in account.conf after the first good run: export them anew to replace old ones.',
    cloudflare:
      'acme.sh: CF_Token and CF_Account_ID (or CF_Zone_ID for one zone); CF_Key and CF_Email are for the Global API Key.',
    delegation: 'acme.sh: --challenge-alias DOMAIN or --domain-alias NAME writes where the CNAME leads.',
    eab: 'acme.sh: --register-account --server CA --eab-kid KID --eab-hmac-key KEY.',
    ca: 'acme.sh keeps accounts by server below ~/.acme.sh/ca; its default CA is ZeroSSL. Give --server letsencrypt (or --set-default-ca), and --staging only for tests.',
    key: 'acme.sh: --accountkeylength ec-256 (or 2048 …) with --create-account-key or --register-account.',
    storage: 'acme.sh: its home (~/.acme.sh, --home, --config-home) must stay from run to run.',
    http: 'acme.sh: -w must be the folder that port 80 of the name serves; --standalone needs port 80 itself (--httpport only behind something that forwards to it).',
    alpn: 'acme.sh: --alpn needs port 443 itself (--tlsport only behind something that passes TLS on unopened).',
    retry: 'acme.sh: test with --staging, and leave out --force in cron.',
    profile: 'acme.sh: --cert-profile NAME.',
  },
  dehydrated: {
    tls: 'dehydrated: the curl it uses decides: update it, and look for --tls-max and --ciphers in CURL_OPTS. What cannot be changed is let through unread with --passthrough HOST.',
    address: 'dehydrated: CA="https://…" in its config.',
    trust:
      'dehydrated: CURL_OPTS="--cacert FILE" in its config, or CURL_CA_BUNDLE; the hook’s own tool has settings of its own for the DNS API.',
    propagation: 'dehydrated: let the hook’s deploy_challenge sleep until the record is served.',
    credentials: 'dehydrated: the credentials are the hook’s: see HOOK in its config.',
    delegation: 'dehydrated: the hook decides where the record is written.',
    eab: 'dehydrated: EAB_KID and EAB_HMAC_KEY in its config, then `dehydrated --register`.',
    ca: 'dehydrated keeps accounts by CA in ACCOUNTDIR: look at CA in its config (letsencrypt, letsencrypt-test …).',
    key: 'dehydrated: ACCOUNT_KEY_ALGO (rsa, prime256v1 …) and ACCOUNT_KEYSIZE in its config, before it registers.',
    storage: 'dehydrated: BASEDIR (accounts, certs) must stay from run to run.',
    http: 'dehydrated: WELLKNOWN must be the folder that port 80 of the name serves at /.well-known/acme-challenge/.',
    alpn: 'dehydrated: the web server must serve the certificates of ALPNCERTDIR for acme-tls/1.',
    retry: 'dehydrated: test with CA="letsencrypt-test", and leave out --force in cron.',
    terms: 'dehydrated: `dehydrated --register --accept-terms`.',
    profile: 'dehydrated: ACME_PROFILE in its config.',
  },
  uacme: {
    address: 'uacme: -a https://….',
    trust:
      'uacme: UACME_CAINFO=FILE (acmescope’s bundle) for the CA, from 1.7.6; before, it reads the system’s bundle only: update-ca-certificates, with our PEM in /usr/local/share/ca-certificates. The hook’s own tool has settings of its own for the DNS API.',
    propagation: 'uacme: let the hook’s `begin` for dns-01 return only when the record is served.',
    credentials: 'uacme: the credentials are the hook’s (-h PROGRAM).',
    delegation: 'uacme: the hook decides where the record is written.',
    eab: 'uacme: `uacme -e KEYID:KEY new`, the key in base64url.',
    ca: 'uacme has one account key for each -c CONFDIR: use another folder for another -a URL, and for -s (staging).',
    key: 'uacme: -t EC -b 256 (or -t RSA -b 2048) with `new` or `newkey`.',
    storage:
      'uacme: CONFDIR/private/key.pem (-c) must stay from run to run. A deactivated account is gone: move the key away and `uacme new`.',
    http: 'uacme: the hook must put the file where port 80 of the name serves it (uacme.sh: UACME_CHALLENGE_PATH).',
    alpn: 'uacme: ualpn must answer at port 443 of the name, or be passed TLS on unopened.',
    retry: 'uacme: test with -s, and leave out -f in cron.',
    terms: 'uacme: -y agrees to the terms.',
    profile: 'uacme: -p PROFILE.',
    renewal: 'uacme: -i leaves the CA’s renewal information aside.',
  },
  'acme-tiny': {
    address: 'acme-tiny: --directory-url https://….',
    trust: 'acme-tiny: SSL_CERT_FILE=FILE (acmescope’s bundle) in its environment.',
    ca: 'acme-tiny: --directory-url must be of the CA that knows the key given by --account-key.',
    storage: 'acme-tiny: give the same --account-key each time.',
    http: 'acme-tiny: --acme-dir must be the folder that port 80 of the name serves at /.well-known/acme-challenge/.',
    retry: 'acme-tiny: test with --directory-url of staging.',
  },
  acmetool: {
    trust: 'acmetool is a Go program: set SSL_CERT_FILE to acmescope’s bundle.',
    propagation: 'acmetool: let the challenge hook for dns-01 return only when the record is served.',
    ca: 'acmetool: request.provider of the target, and the accounts below its state folder, are by CA.',
    storage: 'acmetool: its state folder (/var/lib/acme, --state, ACME_STATE_DIR) must stay from run to run.',
    http: 'acmetool: webroot-paths of the target must be what port 80 of the name serves, or pass /.well-known/acme-challenge/ on to its port 402.',
  },
  'win-acme': {
    tls: 'win-acme: Windows decides: allow TLS 1.2 in SCHANNEL (SystemDefaultTlsVersions, SchUseStrongCrypto). What cannot be changed is let through unread with --passthrough HOST.',
    address: 'win-acme: --baseuri https://….',
    trust:
      'win-acme: put acmescope’s authority into the Windows certificate store (Local Computer, Trusted Root Certification Authorities): that covers both legs.',
    propagation:
      'win-acme: Validation.PreValidateDns with PreValidateDnsRetryCount and PreValidateDnsRetryInterval in settings.json; DnsServers names whom it asks.',
    credentials:
      'win-acme: the arguments of the DNS validation plugin, stored with the renewal: edit the renewal to change them.',
    cloudflare: 'win-acme: --validation cloudflare --cloudflareapitoken TOKEN, with Zone:Read and DNS:Edit.',
    delegation:
      'win-acme follows CNAMEs of _acme-challenge; Validation.AllowDnsSubstitution in settings.json turns that off.',
    eab: 'win-acme: --eab-key-identifier KID --eab-key KEY.',
    ca: 'win-acme keeps accounts by --baseuri; --test uses the staging one.',
    storage: 'win-acme: its configuration folder (Client.ConfigurationPath, %ProgramData%\\win-acme) must stay.',
    http: 'win-acme: self-hosting needs port 80 of the name (--validationport only behind something that forwards to it); with a web root the folder must be what port 80 serves.',
    retry: 'win-acme: test with --test, and leave out --force and --nocache.',
    terms: 'win-acme: --accepttos.',
  },
  'posh-acme': {
    tls: 'Posh-ACME: in PowerShell 5.1 [Net.ServicePointManager]::SecurityProtocol must name Tls12. What cannot be changed is let through unread with --passthrough HOST.',
    address: 'Posh-ACME: Set-PAServer https://….',
    trust:
      'Posh-ACME: put acmescope’s authority into the store of the operating system: that covers both legs. Set-PAServer -SkipCertificateCheck covers the CA only.',
    propagation: 'Posh-ACME: -DnsSleep 300 of New-PACertificate or Set-PAOrder (120 s by default).',
    credentials: 'Posh-ACME: -PluginArgs of New-PACertificate or Set-PAOrder; they are stored with the order.',
    cloudflare: 'Posh-ACME: -Plugin Cloudflare -PluginArgs @{CFToken = SecureString}, with Zone:Read and DNS:Edit.',
    delegation: 'Posh-ACME: -DnsAlias NAME writes where the CNAME leads.',
    eab: 'Posh-ACME: New-PAAccount -ExtAcctKID KID -ExtAcctHMACKey KEY.',
    ca: 'Posh-ACME keeps accounts by server: Set-PAServer LE_PROD or LE_STAGE, then Get-PAAccount -List.',
    key: 'Posh-ACME: New-PAAccount -KeyLength ec-256 (or 2048 …), or -AccountKeyLength of New-PACertificate.',
    storage: 'Posh-ACME: its folder (POSHACME_HOME) must stay, and be that of the user the task runs as.',
    http: 'Posh-ACME: WebRoot must be what port 80 of the name serves; WebSelfHost needs port 80 (WSHPort only behind something that forwards to it).',
    retry: 'Posh-ACME: test with Set-PAServer LE_STAGE; Submit-Renewal does nothing before it is time.',
    terms: 'Posh-ACME: -AcceptTOS.',
    profile: 'Posh-ACME: -Profile NAME.',
  },
  mod_md: {
    address: 'mod_md: MDCertificateAuthority https://….',
    trust:
      'mod_md: MDCACertificateFile FILE (our PEM) covers the CA; the command of MDChallengeDns01 has settings of its own.',
    propagation: 'mod_md: let the command of MDChallengeDns01 return from `setup` only when the record is served.',
    credentials: 'mod_md: the credentials are those of the command that MDChallengeDns01 names.',
    delegation: 'mod_md: the command of MDChallengeDns01 decides where the record is written.',
    eab: 'mod_md: MDExternalAccountBinding KID KEY.',
    ca: 'mod_md: MDCertificateAuthority; accounts are kept by CA below MDStoreDir.',
    storage: 'mod_md: MDStoreDir (md/ below the server root) must stay, in a container as a volume.',
    http: 'mod_md: a virtual host must listen at port 80 of the name; where a router forwards, say so with MDPortMap.',
    alpn: 'mod_md: needs `Protocols … acme-tls/1`, and port 443 of the name to reach Apache itself.',
    retry: 'mod_md slows down by itself (MDRetryDelay): test with MDCertificateAuthority set to staging.',
    terms: 'mod_md: MDCertificateAgreement accepted.',
    profile: 'mod_md: MDProfile NAME; MDProfileMandatory on insists.',
  },
  'nginx-acme': {
    address: 'nginx-acme: uri of acme_issuer begins with https://.',
    trust: 'nginx-acme: ssl_trusted_certificate FILE (acmescope’s bundle) in acme_issuer.',
    eab: 'nginx-acme: external_account_key KID FILE in acme_issuer, the key in base64url.',
    ca: 'nginx-acme: uri of acme_issuer; give each issuer a state_path of its own.',
    storage:
      'nginx-acme: state_path must be a folder that stays; off, or none before 0.2.0, registers anew at each start.',
    http: 'nginx-acme: a server must listen at port 80 of the name, and a resolver must be set.',
    alpn: 'nginx-acme: challenge tls-alpn needs port 443 of the name to reach nginx itself.',
    terms: 'nginx-acme: accept_terms_of_service.',
    profile: 'nginx-acme: profile NAME, with `require` to insist.',
  },
  haproxy: {
    address: 'HAProxy: directory of the acme section begins with https://.',
    trust: 'HAProxy: httpclient.ssl.ca-file FILE (acmescope’s bundle) in global.',
    propagation: 'HAProxy: challenge-ready dns,delay with dns-delay 60s and dns-timeout 10m in the acme section.',
    credentials: 'HAProxy: the record is written by the tool that reads its dpapi sink (provider-name, acme-vars).',
    eab: 'HAProxy: eab-key-id FILE and eab-mac-key FILE in the acme section.',
    ca: 'HAProxy: directory of the acme section; give each an account-key of its own.',
    storage:
      'HAProxy writes no certificates to disk: save them with haproxy-dump-certs or the dataplane API, and set account-key.',
    http: 'HAProxy: the frontend at port 80 must answer /.well-known/acme-challenge/ from the section’s map.',
    profile: 'HAProxy: profile NAME in the acme section.',
  },
  step: {
    address: 'step: --acme https://….',
    trust: 'step: --root FILE (acmescope’s bundle; STEP_ROOT), and no other roots beside it.',
    ca: 'step: --acme URL of the CA that you mean.',
    http: 'step: --standalone listens at port 80 (--http-listen only behind something that forwards to it); --webroot must be what port 80 of the name serves.',
  },
  'node-acme-client': {
    tls: 'acme-client: Node decides: look for --tls-max-v1.x and --tls-cipher-list in NODE_OPTIONS. What cannot be changed is let through unread with --passthrough HOST.',
    address: 'acme-client: directoryUrl of the Client begins with https://.',
    trust: 'acme-client: NODE_EXTRA_CA_CERTS=FILE (our PEM) covers both legs of the process.',
    propagation: 'acme-client: let challengeCreateFn resolve only when the record is served.',
    eab: 'acme-client: externalAccountBinding: { kid, hmacKey } of the Client.',
    ca: 'acme-client: directoryUrl, accountKey and accountUrl of the Client must belong together.',
    storage: 'acme-client: store accountKey and give the same one to each Client.',
    http: 'acme-client: challengeCreateFn must put the key authorization where port 80 of the name serves it.',
    terms: 'acme-client: termsOfServiceAgreed: true.',
  },
  go: {
    trust: `A Go program: ${GO_TRUST}. On macOS and Windows use the system’s store.`,
    tls: 'A Go program: leave MaxVersion and CipherSuites of its tls.Config alone. What cannot be changed is let through unread with --passthrough HOST.',
  },
  node: {
    trust:
      'A Node program: set NODE_EXTRA_CA_CERTS to our PEM (not the bundle: it adds) before it starts; that covers both legs.',
  },
  python: {
    trust: 'A Python program: set REQUESTS_CA_BUNDLE and SSL_CERT_FILE both to acmescope’s bundle.',
    tls: 'A Python program: maximum_version and set_ciphers() of its SSLContext, and openssl.cnf, must allow TLS 1.2 or 1.3. What cannot be changed is let through unread with --passthrough HOST.',
  },
  curl: {
    trust: 'curl: CURL_CA_BUNDLE=FILE or --cacert FILE (acmescope’s bundle).',
    tls: 'curl: leave out --tls-max, --ciphers and --tls13-ciphers, also in ~/.curlrc. What cannot be changed is let through unread with --passthrough HOST.',
    address: 'curl: write https:// before the host; without a scheme it takes http.',
  },
}

/** What to do, for this client where it is known. @param client null where nobody knows which it is */
export const cureFor = (topic: Topic, client: KnownClient | null): string =>
  (client && CURES[client.id]?.[topic]) ?? GENERAL[topic]

/** What to do whatever the client. */
export const generalCure = (topic: Topic): string => GENERAL[topic]

export const TOPICS = Object.keys(GENERAL) as readonly Topic[]
