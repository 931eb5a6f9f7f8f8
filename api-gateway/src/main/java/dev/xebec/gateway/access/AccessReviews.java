package dev.xebec.gateway.access;

import dev.xebec.gateway.authentication.Authenticator;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.pipeline.Authorizer;
import dev.xebec.gateway.request.RequestInfoParser;
import dev.xebec.gateway.request.Routes;
import dev.xebec.gateway.write.BodyReader;

/** All reviews, each a kind that is only posted. They answer what the pipeline itself would decide. */
public final class AccessReviews {
    private AccessReviews() {}

    /** @param authenticator whose tokens a TokenReview knows */
    public static void addTo(Routes routes, BodyReader bodies, RequestInfoParser parser, Authorizer authorizer,
            Authenticator authenticator, Encoder encoder) {
        Judge judge = new Judge(parser, authorizer);
        review(routes, bodies, encoder, "selfsubjectreviews.authentication.k8s.io",
                (call, review) -> Identity.of(call.user()));
        review(routes, bodies, encoder, "tokenreviews.authentication.k8s.io", new TokenVerdict(authenticator));
        review(routes, bodies, encoder, "selfsubjectaccessreviews.authorization.k8s.io",
                (call, review) -> judge.verdict(call.user(), Question.of(review)));
        review(routes, bodies, encoder, "subjectaccessreviews.authorization.k8s.io",
                (call, review) -> judge.verdict(Question.subject(review), Question.of(review)));
        review(routes, bodies, encoder, "localsubjectaccessreviews.authorization.k8s.io",
                (call, review) -> judge.verdict(Question.subject(review),
                        Question.within(call.info().namespace(), review)));
        review(routes, bodies, encoder, "selfsubjectrulesreviews.authorization.k8s.io",
                (call, review) -> judge.rules(call.user(), Question.rulesNamespace(review)));
    }

    private static void review(Routes routes, BodyReader bodies, Encoder encoder, String resource,
            ReviewHandler.Verdict verdict) {
        routes.resource(resource, new ReviewHandler(bodies, encoder, verdict));
    }
}
