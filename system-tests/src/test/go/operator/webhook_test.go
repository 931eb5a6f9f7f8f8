package operator

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"
)

// serve runs the webhooks behind a certificate of their own authority, which it returns with their address.
func serve(t *testing.T, handlers map[string]admission.Handler) (string, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "webhooks"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	check(t, err)
	mux := http.NewServeMux()
	for path, handler := range handlers {
		mux.Handle(path, &admission.Webhook{Handler: handler})
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{certificate}, PrivateKey: key}}})
	check(t, err)
	server := &http.Server{Handler: mux}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	var authority bytes.Buffer
	check(t, pem.Encode(&authority, &pem.Block{Type: "CERTIFICATE", Bytes: certificate}))
	return "https://" + listener.Addr().String(), authority.Bytes()
}

func rules() []admissionregistrationv1.RuleWithOperations {
	return []admissionregistrationv1.RuleWithOperations{{
		Operations: []admissionregistrationv1.OperationType{admissionregistrationv1.Create, admissionregistrationv1.Update},
		Rule: admissionregistrationv1.Rule{
			APIGroups: []string{"fleet.example.com"}, APIVersions: []string{"v1"}, Resources: []string{"ships"}}}}
}

func TestWebhooksChangeAndRefuseShips(t *testing.T) {
	_, c := connect(t)
	install(t, c)
	address, authority := serve(t, map[string]admission.Handler{
		"/mutate": admission.HandlerFunc(func(_ context.Context, request admission.Request) admission.Response {
			ship := &Ship{}
			if err := json.Unmarshal(request.Object.Raw, ship); err != nil {
				return admission.Errored(http.StatusBadRequest, err)
			}
			if ship.Spec.Flag == "" {
				ship.Spec.Flag = "white"
			}
			raw, err := json.Marshal(ship)
			if err != nil {
				return admission.Errored(http.StatusInternalServerError, err)
			}
			return admission.PatchResponseFromRaw(request.Object.Raw, raw)
		}),
		"/validate": admission.HandlerFunc(func(_ context.Context, request admission.Request) admission.Response {
			if strings.Contains(string(request.Object.Raw), `"black"`) {
				return admission.Denied(fmt.Sprintf("%s is a pirate", request.Name))
			}
			return admission.Allowed("").WithWarnings("mind the rocks")
		}),
	})
	mutate, validate := address+"/mutate", address+"/validate"
	none := admissionregistrationv1.SideEffectClassNone
	fail := admissionregistrationv1.Fail
	inNamespace := &metav1.LabelSelector{MatchLabels: map[string]string{"kubernetes.io/metadata.name": namespace}}
	mutating := &admissionregistrationv1.MutatingWebhookConfiguration{
		ObjectMeta: metav1.ObjectMeta{Name: "go-operator"},
		Webhooks: []admissionregistrationv1.MutatingWebhook{{
			Name: "mutate.fleet.example.com", Rules: rules(), SideEffects: &none, FailurePolicy: &fail,
			AdmissionReviewVersions: []string{"v1"}, NamespaceSelector: inNamespace,
			ClientConfig: admissionregistrationv1.WebhookClientConfig{URL: &mutate, CABundle: authority}}}}
	validating := &admissionregistrationv1.ValidatingWebhookConfiguration{
		ObjectMeta: metav1.ObjectMeta{Name: "go-operator"},
		Webhooks: []admissionregistrationv1.ValidatingWebhook{{
			Name: "validate.fleet.example.com", Rules: rules(), SideEffects: &none, FailurePolicy: &fail,
			AdmissionReviewVersions: []string{"v1"}, NamespaceSelector: inNamespace,
			ClientConfig: admissionregistrationv1.WebhookClientConfig{URL: &validate, CABundle: authority}}}}
	check(t, c.Create(t.Context(), mutating))
	check(t, c.Create(t.Context(), validating))
	t.Cleanup(func() {
		check(t, c.Delete(context.Background(), mutating))
		check(t, c.Delete(context.Background(), validating))
	})
	await(t, "a changed ship", func(ctx context.Context) (bool, error) {
		ship := &Ship{ObjectMeta: metav1.ObjectMeta{Name: "changed", Namespace: namespace}}
		if err := c.Create(ctx, ship, client.DryRunAll); err != nil {
			return false, err
		}
		return ship.Spec.Flag == "white", nil
	})
	await(t, "a refusal", func(ctx context.Context) (bool, error) {
		pirate := &Ship{ObjectMeta: metav1.ObjectMeta{Name: "pirate", Namespace: namespace}, Spec: ShipSpec{Flag: "black"}}
		err := c.Create(ctx, pirate, client.DryRunAll)
		if err == nil {
			return false, nil
		}
		expect(t, "Forbidden, not "+err.Error(), apierrors.IsForbidden(err))
		expect(t, "upstream's words, not "+err.Error(), err.Error() ==
			`admission webhook "validate.fleet.example.com" denied the request: pirate is a pirate`)
		return true, nil
	})
}
