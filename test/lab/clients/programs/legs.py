"""A program in Python that asks a CA and a DNS provider: legs.py urllib|requests|httpx DIRECTORY API-URL TOKEN."""
import sys

library, directory, api, token = sys.argv[1:]
agent = {"User-Agent": f"legs-{library}/1"}
allowed = {**agent, "Authorization": f"Bearer {token}"}
if library == "urllib":
    from urllib.request import Request, urlopen

    get = lambda url, headers: urlopen(Request(url, headers=headers)).status
elif library == "requests":
    import requests

    get = lambda url, headers: requests.get(url, headers=headers).status_code
else:
    import httpx

    get = lambda url, headers: httpx.get(url, headers=headers).status_code
print(get(directory, agent), get(api, allowed))
