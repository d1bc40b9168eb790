// A program in Go that asks a CA and a DNS provider: legs DIRECTORY API-URL TOKEN.
package main

import (
	"fmt"
	"net/http"
	"os"
)

func get(url string, token string) int {
	request, err := http.NewRequest("GET", url, nil)
	if err == nil {
		request.Header.Set("User-Agent", "legs-go/1")
		if token != "" {
			request.Header.Set("Authorization", "Bearer "+token)
		}
		response, err := http.DefaultClient.Do(request)
		if err == nil {
			return response.StatusCode
		}
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(1)
	return 0
}

func main() {
	fmt.Println(get(os.Args[1], ""), get(os.Args[2], os.Args[3]))
}
